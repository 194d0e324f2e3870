package dev.gale.peers.opencl;

import dev.gale.benchmarks.peer.Peer;
import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.peers.NativeFloats;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.validation.cases.MatmulCase;
import org.jocl.CL;
import org.jocl.blast.CLBlast;
import org.jocl.blast.CLBlastLayout;
import org.jocl.blast.CLBlastTranspose;
import org.jocl.cl_event;
import org.jocl.cl_mem;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** CLBlast, with the parameters that it has for the device: it is not tuned here. */
public final class ClBlastPeer implements Peer {

  private @Nullable OpenCl device;

  @Override
  public String id() {
    return "clblast";
  }

  @Override
  public Loaded load(int threads) {
    CLBlast.setExceptionsEnabled(true);
    OpenCl found = OpenCl.load();
    device = found;
    // The library does not say which it is: the version is that of the artifact.
    return new Loaded("1.5.2 on " + found.name(), found.threads());
  }

  @Override
  public PeerCall matmul(MatmulCase input) {
    OpenCl used = device;
    if (used == null) {
      throw new IllegalStateException("not loaded");
    }
    MatmulShape shape = input.shape();
    cl_mem c = used.buffer((long) shape.m() * shape.n());
    return new Gemm(
        used,
        shape,
        used.buffer(NativeFloats.of(input.a())),
        used.buffer(NativeFloats.of(input.b())),
        c);
  }

  private record Gemm(OpenCl device, MatmulShape shape, cl_mem a, cl_mem b, cl_mem c)
      implements PeerCall {

    @Override
    public void run() {
      cl_event done = new cl_event();
      CLBlast.CLBlastSgemm(
          CLBlastLayout.CLBlastLayoutRowMajor,
          CLBlastTranspose.CLBlastTransposeNo,
          CLBlastTranspose.CLBlastTransposeNo,
          shape.m(),
          shape.n(),
          shape.k(),
          1,
          a,
          0,
          shape.k(),
          b,
          0,
          shape.n(),
          0,
          c,
          0,
          shape.n(),
          device.queue(),
          done);
      CL.clFinish(device.queue());
      CL.clReleaseEvent(done);
    }

    @Override
    public void read(FloatArray output) {
      NativeFloats copy = NativeFloats.zeros(output.getSize());
      device.read(c, copy);
      copy.read(output);
    }
  }
}
