package dev.gale.peers.opencl;

import dev.gale.benchmarks.peer.Peer;
import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.peers.NativeFloats;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.cases.SoftmaxCase;
import java.util.List;
import org.jocl.cl_mem;
import org.jocl.cl_program;
import org.jspecify.annotations.Nullable;

/** Kernels written by hand in OpenCL C for processors: explicit vectors of 16, work-groups of one. */
public final class OpenClPeer implements Peer {

  /** Columns of C that a work item computes, as the kernel has it. */
  private static final int PANEL = 32;

  /** Rows of B that are copied side by side: 32 KiB of a panel. */
  private static final int DEPTH = 256;

  private static final int MOST_ROWS = 512;

  private static final int SOFTMAX_ELEMENTS = 1 << 17;

  /** The longest rows whose exponentials are kept: 256 KiB. */
  private static final int KEPT_COLS = 1 << 16;

  private @Nullable OpenCl device;

  @Override
  public String id() {
    return "opencl";
  }

  @Override
  public Loaded load(int threads) {
    OpenCl found = OpenCl.load();
    device = found;
    return new Loaded(found.name(), found.threads());
  }

  private OpenCl device() {
    if (device == null) {
      throw new IllegalStateException("not loaded");
    }
    return device;
  }

  @Override
  public PeerCall matmul(MatmulCase input) throws Exception {
    OpenCl used = device();
    MatmulShape shape = input.shape();
    int rows = Math.min(MOST_ROWS, Math.ceilDiv(shape.m(), used.computeUnits()));
    cl_program program =
        used.program(
            "-DM=%d -DN=%d -DK=%d -DROWS=%d -DKC=%d"
                .formatted(shape.m(), shape.n(), shape.k(), rows, DEPTH),
            "matmul.cl");
    cl_mem output = used.buffer((long) shape.m() * shape.n());
    OpenCl.Launch launch =
        used.launch(
            program,
            "matmul",
            List.of(
                used.buffer(NativeFloats.of(input.a())),
                used.buffer(NativeFloats.of(input.b())),
                output),
            Math.ceilDiv(shape.n(), PANEL),
            Math.ceilDiv(shape.m(), rows));
    return new OpenClCall(used, List.of(launch), output);
  }

  @Override
  public PeerCall softmax(SoftmaxCase input) throws Exception {
    OpenCl used = device();
    SoftmaxShape shape = input.shape();
    // Enough for a work item to be worth its launch, and for all compute units to have some.
    int rows =
        Math.clamp(
            SOFTMAX_ELEMENTS / shape.cols(), 1, Math.ceilDiv(shape.rows(), used.computeUnits()));
    cl_program program =
        used.program(
            "-DROWS=%d -DCOLS=%d -DROWS_PER_ITEM=%d -DKEPT=%d"
                .formatted(shape.rows(), shape.cols(), rows, kept(used)),
            "exp.cl",
            "softmax.cl");
    cl_mem output = used.buffer((long) shape.rows() * shape.cols());
    OpenCl.Launch launch =
        used.launch(
            program,
            "softmax",
            List.of(used.buffer(NativeFloats.of(input.logits())), output),
            Math.ceilDiv(shape.rows(), rows));
    return new OpenClCall(used, List.of(launch), output);
  }

  /** Half of the local memory at most: there are some vectors besides. */
  private static long kept(OpenCl device) {
    return Math.min(KEPT_COLS, device.localMemory() / (2 * Float.BYTES));
  }

  @Override
  public @Nullable PeerCall attention(AttentionCase input) throws Exception {
    if (input.options().maskHeads() > 0) {
      return null;
    }
    return OpenClAttention.of(device(), input);
  }
}
