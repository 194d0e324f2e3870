package dev.gale.peers.onednn;

import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.peers.NativeFloats;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Primitives in a row.
 *
 * @param library what runs them
 * @param steps the primitives
 * @param output what the last ones write
 */
record OneDnnCall(OneDnn library, List<OneDnn.Step> steps, NativeFloats output)
    implements PeerCall {

  @Override
  public void run() {
    library.run(steps);
  }

  @Override
  public void read(FloatArray destination) {
    output.read(destination);
  }
}
