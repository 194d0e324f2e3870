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
    // The enable_gqa of this version is several times slower than what it stands for. Queries of a
    // group are as good as
    // more queries of one head where nothing is hidden; else keys and values are repeated
    // beforehand.
    boolean folds = causal == CausalMask.NONE;
    int heads = folds ? shape.numKvHeads() : shape.numHeads();
    int queries = folds ? shape.groupSize() * shape.seqLenQ() : shape.seqLenQ();
    int copies = folds ? 1 : shape.groupSize();
    int batch = shape.batchSize();
    int length = shape.seqLenK();
    return call()
        .tensor("queries", NativeFloats.of(input.queries()), batch, heads, queries, shape.headDim())
        .tensor(
            "keys",
            NativeFloats.repeated(input.keys(), (long) length * shape.headDim(), copies),
            batch,
            heads,
            length,
            shape.headDim())
        .tensor(
            "values",
            NativeFloats.repeated(input.values(), (long) length * shape.headDimV(), copies),
            batch,
            heads,
            length,
            shape.headDimV())
        .script(
            "torch.scaled_dot_product_attention(queries, keys, values, None, 0., %s, scale=%s)"
                .formatted(folds ? "False" : "True", (double) input.options().scale()));
  }
}
