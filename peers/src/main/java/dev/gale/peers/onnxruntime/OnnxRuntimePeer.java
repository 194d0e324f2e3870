package dev.gale.peers.onnxruntime;

import dev.gale.benchmarks.peer.Peer;
import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.peers.CausalMask;
import dev.gale.peers.NativeFloats;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.cases.SoftmaxCase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ONNX Runtime: MatMul, Softmax and Attention, all of ONNX's own operator set 23. */
public final class OnnxRuntimePeer implements Peer {

  private @Nullable OrtLibrary library;

  @Override
  public String id() {
    return "onnxruntime";
  }

  @Override
  public Loaded load(int threads) {
    library = OrtLibrary.load(threads);
    return library.loaded();
  }

  private OrtLibrary library() {
    if (library == null) {
      throw new IllegalStateException("not loaded");
    }
    return library;
  }

  @Override
  public PeerCall matmul(MatmulCase input) throws Exception {
    MatmulShape shape = input.shape();
    OneNodeModel model =
        OneNodeModel.of("MatMul")
            .input("a", shape.m(), shape.k())
            .input("b", shape.k(), shape.n())
            .output(shape.m(), shape.n());
    return library().call(model, List.of(NativeFloats.of(input.a()), NativeFloats.of(input.b())));
  }

  @Override
  public PeerCall softmax(SoftmaxCase input) throws Exception {
    SoftmaxShape shape = input.shape();
    OneNodeModel model =
        OneNodeModel.of("Softmax")
            .input("logits", shape.rows(), shape.cols())
            .output(shape.rows(), shape.cols())
            .attribute("axis", 1);
    return library().call(model, List.of(NativeFloats.of(input.logits())));
  }

  @Override
  public @Nullable PeerCall attention(AttentionCase input) throws Exception {
    CausalMask causal = CausalMask.of(input);
    if (causal == CausalMask.OTHER || input.options().maskHeads() > 0) {
      return null;
    }
    AttentionShape shape = input.shape();
    int batch = shape.batchSize();
    OneNodeModel model =
        OneNodeModel.of("Attention")
            .input("queries", batch, shape.numHeads(), shape.seqLenQ(), shape.headDim())
            .input("keys", batch, shape.numKvHeads(), shape.seqLenK(), shape.headDim())
            .input("values", batch, shape.numKvHeads(), shape.seqLenK(), shape.headDimV())
            .output(batch, shape.numHeads(), shape.seqLenQ(), shape.headDimV())
            .attribute("is_causal", causal == CausalMask.SQUARE ? 1 : 0)
            .attribute("scale", input.options().scale());
    return library()
        .call(
            model,
            List.of(
                NativeFloats.of(input.queries()),
                NativeFloats.of(input.keys()),
                NativeFloats.of(input.values())));
  }
}
