package dev.gale.peers.pytorch;

import ai.djl.pytorch.engine.PtNDManager;
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
import org.jspecify.annotations.Nullable;

/**
 * PyTorch: {@code mm} and {@code _softmax} into a tensor that is given, {@code scaled_dot_product_attention}, which
 * allocates its result.
 */
public final class PyTorchPeer implements Peer {

  private @Nullable PtNDManager manager;

  @Override
  public String id() {
    return "pytorch";
  }

  @Override
  public Loaded load(int threads) {
    manager = PyTorchEngine.load(threads);
    return new Loaded(PyTorchEngine.version(), PyTorchEngine.threads());
  }

  private PyTorchCall call() {
    if (manager == null) {
      throw new IllegalStateException("not loaded");
    }
    return new PyTorchCall(manager);
  }

  @Override
  public PeerCall matmul(MatmulCase input) throws Exception {
    MatmulShape shape = input.shape();
    return call()
        .tensor("a", NativeFloats.of(input.a()), shape.m(), shape.k())
        .tensor("b", NativeFloats.of(input.b()), shape.k(), shape.n())
        .tensor("c", NativeFloats.zeros((long) shape.m() * shape.n()), shape.m(), shape.n())
        .script("torch.mm(a, b, out=c)");
  }

  @Override
  public PeerCall softmax(SoftmaxCase input) throws Exception {
    SoftmaxShape shape = input.shape();
    int rows = shape.rows();
    int cols = shape.cols();
    return call()
        .tensor("logits", NativeFloats.of(input.logits()), rows, cols)
        .tensor("probabilities", NativeFloats.zeros((long) rows * cols), rows, cols)
        .script("torch._softmax(logits, 1, False, out=probabilities)");
  }

  @Override
  public @Nullable PeerCall attention(AttentionCase input) throws Exception {
    CausalMask causal = CausalMask.of(input);
    if (causal == CausalMask.OTHER || input.options().maskHeads() > 0) {
      return null;
    }
    AttentionShape shape = input.shape();
    int batch = shape.batchSize();
    int kvHeads = shape.numKvHeads();
    return call()
        .tensor(
            "queries",
            NativeFloats.of(input.queries()),
            batch,
            shape.numHeads(),
            shape.seqLenQ(),
            shape.headDim())
        .tensor(
            "keys", NativeFloats.of(input.keys()), batch, kvHeads, shape.seqLenK(), shape.headDim())
        .tensor(
            "values",
            NativeFloats.of(input.values()),
            batch,
            kvHeads,
            shape.seqLenK(),
            shape.headDimV())
        .script(
            "torch.scaled_dot_product_attention(queries, keys, values, None, 0., %s, scale=%s, enable_gqa=%s)"
                .formatted(
                    python(causal == CausalMask.SQUARE),
                    (double) input.options().scale(),
                    python(shape.groupSize() > 1)));
  }

  private static String python(boolean value) {
    return value ? "True" : "False";
  }
}
