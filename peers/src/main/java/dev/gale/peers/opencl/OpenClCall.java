package dev.gale.peers.opencl;

import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.peers.NativeFloats;
import java.util.List;
import org.jocl.cl_mem;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Kernels in a row.
 *
 * @param device where they run
 * @param launches the kernels
 * @param output what they write in the end
 */
record OpenClCall(OpenCl device, List<OpenCl.Launch> launches, cl_mem output) implements PeerCall {

  @Override
  public void run() {
    device.run(launches);
  }

  @Override
  public void read(FloatArray destination) {
    NativeFloats copy = NativeFloats.zeros(destination.getSize());
    device.read(output, copy);
    copy.read(destination);
  }
}
