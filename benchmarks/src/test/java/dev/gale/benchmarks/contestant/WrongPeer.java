package dev.gale.benchmarks.contestant;

import dev.gale.benchmarks.peer.CommonsMathPeer;
import dev.gale.benchmarks.peer.Peer;
import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.validation.cases.MatmulCase;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A library that is wrong in one element. */
public final class WrongPeer implements Peer {

  @Override
  public String id() {
    return "commons-math";
  }

  @Override
  public Loaded load(int threads) {
    return new Loaded("0", "1 thread");
  }

  @Override
  public PeerCall matmul(MatmulCase input) {
    PeerCall right = new CommonsMathPeer().matmul(input);
    return new PeerCall() {
      @Override
      public void run() throws Exception {
        right.run();
      }

      @Override
      public void read(FloatArray output) throws Exception {
        right.read(output);
        output.set(3, output.get(3) * 1.001f);
      }
    };
  }
}
