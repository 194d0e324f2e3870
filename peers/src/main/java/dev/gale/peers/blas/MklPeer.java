package dev.gale.peers.blas;

import static org.bytedeco.mkl.global.mkl_rt.CblasNoTrans;
import static org.bytedeco.mkl.global.mkl_rt.CblasRowMajor;

import dev.gale.benchmarks.peer.Peer;
import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.validation.cases.MatmulCase;
import org.bytedeco.mkl.global.mkl_rt;

/** Intel's Math Kernel Library, with the OpenMP that it brings. */
public final class MklPeer implements Peer {

  private static final int MAJOR = 10_000;
  private static final int MINOR = 100;

  @Override
  public String id() {
    return "mkl";
  }

  @Override
  public Loaded load(int threads) {
    // Before the first call: afterwards they have no effect.
    mkl_rt.MKL_Set_Interface_Layer(mkl_rt.MKL_INTERFACE_LP64);
    mkl_rt.MKL_Set_Threading_Layer(mkl_rt.MKL_THREADING_INTEL);
    mkl_rt.MKL_Set_Num_Threads(threads);
    int version = mkl_rt.INTEL_MKL_VERSION;
    return new Loaded(
        version / MAJOR + "." + version / MINOR % MINOR,
        "Intel OpenMP, MKL_Set_Num_Threads: " + mkl_rt.MKL_Get_Max_Threads());
  }

  @Override
  public PeerCall matmul(MatmulCase input) {
    return new GemmCall(
        (m, n, k, a, b, c) ->
            mkl_rt.cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, k, b, n, 0, c, n),
        input);
  }
}
