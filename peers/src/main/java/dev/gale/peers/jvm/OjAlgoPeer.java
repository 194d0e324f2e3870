package dev.gale.peers.jvm;

import dev.gale.benchmarks.peer.Peer;
import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.validation.cases.MatmulCase;
import org.ojalgo.OjAlgoUtils;
import org.ojalgo.matrix.store.R032Store;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** ojAlgo: column-major matrices. */
public final class OjAlgoPeer implements Peer {

  @Override
  public String id() {
    return "ojalgo";
  }

  @Override
  public Loaded load(int threads) {
    OjAlgoUtils.limitThreadsTo(threads);
    return new Loaded(
        String.valueOf(OjAlgoUtils.getVersion()), "OjAlgoUtils.limitThreadsTo: " + threads);
  }

  @Override
  public PeerCall matmul(MatmulCase input) {
    int n = input.shape().n();
    R032Store a = matrix(input.a(), input.shape().m(), input.shape().k());
    R032Store b = matrix(input.b(), input.shape().k(), n);
    R032Store c = R032Store.FACTORY.make(input.shape().m(), n);
    return new PeerCall() {
      @Override
      public void run() {
        c.fillByMultiplying(a, b);
      }

      @Override
      public void read(FloatArray output) {
        for (int i = 0; i < output.getSize(); i++) {
          output.set(i, c.floatValue(i / n, i % n));
        }
      }
    };
  }

  private static R032Store matrix(FloatArray elements, int rows, int cols) {
    R032Store matrix = R032Store.FACTORY.make(rows, cols);
    for (int i = 0; i < elements.getSize(); i++) {
      matrix.set(i / cols, i % cols, elements.get(i));
    }
    return matrix;
  }
}
