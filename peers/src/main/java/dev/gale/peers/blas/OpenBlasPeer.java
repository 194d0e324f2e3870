package dev.gale.peers.blas;

import static org.bytedeco.openblas.global.openblas_full.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_full.CblasRowMajor;

import dev.gale.benchmarks.peer.Peer;
import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.validation.cases.MatmulCase;
import org.bytedeco.openblas.global.openblas_full;

/** OpenBLAS, with threads of its own. */
public final class OpenBlasPeer implements Peer {

  @Override
  public String id() {
    return "openblas";
  }

  @Override
  public Loaded load(int threads) {
    openblas_full.openblas_set_num_threads(threads);
    String version = openblas_full.OPENBLAS_VERSION.replace("OpenBLAS", "").strip();
    String kernels = openblas_full.openblas_get_corename().getString();
    return new Loaded(
        version + " " + kernels,
        "openblas_set_num_threads: " + openblas_full.openblas_get_num_threads());
  }

  @Override
  public PeerCall matmul(MatmulCase input) {
    return new GemmCall(
        (m, n, k, a, b, c) ->
            openblas_full.cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, k, b, n, 0, c, n),
        input);
  }
}
