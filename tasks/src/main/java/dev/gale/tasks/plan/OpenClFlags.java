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
  private static final String FUSE = "GALE_PRAGMA(clang/**/fp/**/contract(fast))";

  /**
   * A store of 16 elements that is one instruction; PoCL's own is four, of 16 bytes each. TornadoVM gives it an offset of type int, OpenCL's
   * {@code vstore16} takes a size_t, so that this one fits better. Like the pragma it stands before each kernel, of which a program has one.
   * For graphs that ask for it: decoding, which reads single lanes of what it has just stored, becomes slower. A driver whose compiler
   * is no Clang and refuses it says so when the kernel is compiled: then {@code -Dtornado.opencl.compiler.flags} is the way out.
   */
  private static final String STORE =
      "__attribute__((overloadable))static/**/void/**/vstore16(float16/**/x,int/**/i,__global/**/float*to)"
          + "{typedef/**/float16/**/unaligned/**/__attribute__((aligned(4)));"
          + "((__global/**/unaligned*)(to+16*i))[0]=x;}";

  /**
   * TornadoVM casts a float x as {@code isnan(x) ? 0 : (int) x}, for which PoCL needs four instructions a vector. With this the cast is one; nothing else
   * that TornadoVM writes asks {@code isnan}. A cast of NaN, or of what is out of an int's range, is undefined in OpenCL C then: exponentials in lanes
   * only shift by it and multiply by what comes of that, and NaN comes back by another factor.
   *
   * <p>A function of the driver's library that asks {@code isnan} would get this one too, as PoCL keeps a function that the program defines. Today's graphs of
   * whole stores call {@code log}, {@code fabs}, {@code min} and {@code max} of it, and no others.
   */
  private static final String CAST =
      "__attribute__((overloadable))int/**/isnan(float/**/x){return/**/0;}";

  private OpenClFlags() {}

  static String of(DeviceKind kind, boolean wholeStores) {
    String flags =
        kind == DeviceKind.CPU
            ? STANDARD
                + " -DGALE_PRAGMA(x)=_Pragma(#x) -D__kernel="
                + FUSE
                + (wholeStores ? STORE + CAST : "")
                + "__kernel"
            : STANDARD;
    return System.getProperty("tornado.opencl.compiler.flags", flags);
  }
}
