package dev.gale.peers.jvm;

import dev.gale.benchmarks.peer.Peer;
import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.validation.cases.MatmulCase;
import org.ejml.EjmlVersion;
import org.ejml.concurrency.EjmlConcurrency;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.CommonOps_MT_FDRM;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** EJML: row-major matrices. */
public final class EjmlPeer implements Peer {

  @Override
  public String id() {
    return "ejml";
  }

  @Override
  public Loaded load(int threads) {
    EjmlConcurrency.USE_CONCURRENT = threads > 1;
    EjmlConcurrency.setMaxThreads(threads);
    return new Loaded(EjmlVersion.VERSION, "EjmlConcurrency.setMaxThreads: " + threads);
  }

  @Override
  public PeerCall matmul(MatmulCase input) {
    int n = input.shape().n();
    FMatrixRMaj a = matrix(input.a(), input.shape().m(), input.shape().k());
    FMatrixRMaj b = matrix(input.b(), input.shape().k(), n);
    FMatrixRMaj c = new FMatrixRMaj(input.shape().m(), n);
    return new PeerCall() {
      @Override
      public void run() {
        if (EjmlConcurrency.USE_CONCURRENT) {
          CommonOps_MT_FDRM.mult(a, b, c);
        } else {
          CommonOps_FDRM.mult(a, b, c);
        }
      }

      @Override
      public void read(FloatArray output) {
        for (int i = 0; i < output.getSize(); i++) {
          output.set(i, c.get(i / n, i % n));
        }
      }
    };
  }

  private static FMatrixRMaj matrix(FloatArray elements, int rows, int cols) {
    return FMatrixRMaj.wrap(rows, cols, elements.toHeapArray());
  }
}
