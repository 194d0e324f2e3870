package dev.gale.peers.opencl;

import org.junit.jupiter.api.Assumptions;

/** What tests of OpenCL need of the machine. */
final class OpenClDevice {

  private OpenClDevice() {}

  /** Skips, with the reason, where no processor is an OpenCL device. */
  static void orSkip() {
    try {
      OpenCl.load();
    } catch (LinkageError missing) {
      Assumptions.abort(missing.toString());
    }
  }
}
