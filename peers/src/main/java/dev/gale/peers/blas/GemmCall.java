package dev.gale.peers.blas;

import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.peers.NativeFloats;
import dev.gale.validation.cases.MatmulCase;
import org.bytedeco.javacpp.FloatPointer;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@code cblas_sgemm} over row-major matrices. */
final class GemmCall implements PeerCall {

  /** The function of a library. */
  interface Sgemm {
    void call(int m, int n, int k, FloatPointer a, FloatPointer b, FloatPointer c);
  }

  private final Sgemm sgemm;
  private final int m;
  private final int n;
  private final int k;
  private final FloatPointer a;
  private final FloatPointer b;
  private final FloatPointer c;
  private final NativeFloats output;

  GemmCall(Sgemm sgemm, MatmulCase input) {
    this.sgemm = sgemm;
    m = input.shape().m();
    n = input.shape().n();
    k = input.shape().k();
    a = new FloatPointer(NativeFloats.of(input.a()).floats());
    b = new FloatPointer(NativeFloats.of(input.b()).floats());
    output = NativeFloats.zeros((long) m * n);
    c = new FloatPointer(output.floats());
  }

  @Override
  public void run() {
    sgemm.call(m, n, k, a, b, c);
  }

  @Override
  public void read(FloatArray destination) {
    output.read(destination);
  }
}
