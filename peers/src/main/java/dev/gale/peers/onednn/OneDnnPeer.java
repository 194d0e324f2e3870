package dev.gale.peers.onednn;

import dev.gale.benchmarks.peer.Peer;
import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.peers.NativeFloats;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.cases.SoftmaxCase;
import java.util.List;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.jspecify.annotations.Nullable;

/** oneDNN. */
public final class OneDnnPeer implements Peer {

  private @Nullable OneDnn library;

  @Override
  public String id() {
    return "onednn";
  }

  @Override
  public Loaded load(int threads) {
    dnnl_version_t version = dnnl.dnnl_version();
    library = new OneDnn();
    return new Loaded(
        version.major() + "." + version.minor() + "." + version.patch(),
        "OMP_NUM_THREADS=" + System.getenv().getOrDefault("OMP_NUM_THREADS", "?"));
  }

  private OneDnn library() {
    if (library == null) {
      throw new IllegalStateException("not loaded");
    }
    return library;
  }

  @Override
  public PeerCall matmul(MatmulCase input) {
    OneDnn used = library();
    MatmulShape shape = input.shape();
    NativeFloats c = NativeFloats.zeros((long) shape.m() * shape.n());
    OneDnn.Step step =
        used.matmul(
            used.tensor(NativeFloats.of(input.a()), shape.m(), shape.k()),
            used.tensor(NativeFloats.of(input.b()), shape.k(), shape.n()),
            used.tensor(c, shape.m(), shape.n()),
            1);
    return new OneDnnCall(used, List.of(step), c);
  }

  @Override
  public PeerCall softmax(SoftmaxCase input) {
    OneDnn used = library();
    SoftmaxShape shape = input.shape();
    NativeFloats probabilities = NativeFloats.zeros((long) shape.rows() * shape.cols());
    OneDnn.Step step =
        used.softmax(
            used.tensor(NativeFloats.of(input.logits()), shape.rows(), shape.cols()),
            used.tensor(probabilities, shape.rows(), shape.cols()),
            1);
    return new OneDnnCall(used, List.of(step), probabilities);
  }

  @Override
  public @Nullable PeerCall attention(AttentionCase input) {
    return OneDnnAttention.of(library(), input);
  }
}
