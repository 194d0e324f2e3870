package dev.gale.tasks.plan;

import dev.gale.tasks.device.DeviceKind;

/**
 * Options for the OpenCL compiler, in place of TornadoVM's "-cl-mad-enable -cl-fast-relaxed-math -w": relaxed math lets
 * the driver assume that there is neither NaN nor infinity, and leaves the error of exp and of division open. {@code
 * -Dtornado.opencl.compiler.flags} overrides them.
 */
final class OpenClFlags {

  /** With it a product and its sum may be fused, which OpenCL 2.1, section 7.4, bounds as well as rounding twice. */
  private static final String STANDARD = "-cl-mad-enable -w";

  /**
   * The same in the words of Clang, on which the drivers of processors are built: PoCL passes Clang -ffp-contract=off, which
   * -cl-mad-enable does not undo, and TornadoVM writes products and sums as statements of their own. So a pragma that
   * fuses across statements goes before each kernel. The comments stand for spaces, at which the option would end, and
   * {@code #} for quotes, which PoCL takes away.
   */
  private static final String FUSE =
      " -DGALE_PRAGMA(x)=_Pragma(#x) -D__kernel=GALE_PRAGMA(clang/**/fp/**/contract(fast))__kernel";

  private OpenClFlags() {}

  static String of(DeviceKind kind) {
    return System.getProperty(
        "tornado.opencl.compiler.flags", kind == DeviceKind.CPU ? STANDARD + FUSE : STANDARD);
  }
}
