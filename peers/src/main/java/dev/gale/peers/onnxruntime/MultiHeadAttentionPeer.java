package dev.gale.peers.onnxruntime;

import dev.gale.benchmarks.peer.Peer;
import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.peers.CausalMask;
import dev.gale.peers.HeadsInside;
import dev.gale.peers.NativeFloats;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.cases.AttentionCase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The MultiHeadAttention that ONNX Runtime adds to ONNX's operators: attention of [batchSize, seqLen, numHeads, headDim],
 * with as many key-value heads as heads. The inputs are brought into that layout before the first call, the output back
 * when it is read.
 */
public final class MultiHeadAttentionPeer implements Peer {

  private @Nullable OrtLibrary library;

  @Override
  public String id() {
    return "onnxruntime-mha";
  }

  @Override
  public Loaded load(int threads) {
    library = OrtLibrary.load(threads);
    return library.loaded();
  }

  @Override
  public @Nullable PeerCall attention(AttentionCase input) throws Exception {
    AttentionShape shape = input.shape();
    CausalMask causal = CausalMask.of(input);
    if (library == null) {
      throw new IllegalStateException("not loaded");
    }
    if (causal == CausalMask.OTHER || input.options().maskHeads() > 0 || shape.groupSize() > 1) {
      return null;
    }
    int batch = shape.batchSize();
    int heads = shape.numHeads();
    OneNodeModel model =
        OneNodeModel.ofMicrosoft("MultiHeadAttention")
            .input("queries", batch, shape.seqLenQ(), (long) heads * shape.headDim())
            .input("keys", batch, shape.seqLenK(), (long) heads * shape.headDim())
            .input("values", batch, shape.seqLenK(), (long) heads * shape.headDimV())
            .output(batch, shape.seqLenQ(), (long) heads * shape.headDimV())
            .attribute("num_heads", heads)
            .attribute("unidirectional", causal == CausalMask.SQUARE ? 1 : 0)
            .attribute("scale", input.options().scale());
    OrtCall call =
        library.call(
            model,
            List.of(
                new HeadsInside(batch, heads, shape.seqLenQ(), shape.headDim())
                    .from(NativeFloats.of(input.queries())),
                new HeadsInside(batch, heads, shape.seqLenK(), shape.headDim())
                    .from(NativeFloats.of(input.keys())),
                new HeadsInside(batch, heads, shape.seqLenK(), shape.headDimV())
                    .from(NativeFloats.of(input.values()))));
    HeadsInside layout = new HeadsInside(batch, heads, shape.seqLenQ(), shape.headDimV());
    return new Reordered(call, layout);
  }

  /** Brings the output into Gale's layout when it is read. */
  private record Reordered(OrtCall call, HeadsInside layout) implements PeerCall {

    @Override
    public void run() throws Exception {
      call.run();
    }

    @Override
    public void read(FloatArray output) {
      layout.to(call.output()).read(output);
    }

    @Override
    public void close() {
      call.close();
    }
  }
}
