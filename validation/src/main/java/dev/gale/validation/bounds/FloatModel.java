package dev.gale.validation.bounds;

import dev.gale.kernels.lanes.LanesExp;
import dev.gale.kernels.vector.VectorExp;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.Variant;
import java.util.Locale;

/**
 * How accurate fp32 arithmetic is on a device, by its specification (docs/numerics.md, "Devices").
 *
 * @param name what specifies it
 * @param roundoff u: addition, subtraction, multiplication and fma have a relative error of at most u
 * @param underflow the absolute error that an operation has besides, when its result is below the normal range
 * @param inputFlush the largest change of an operand that a device makes by taking subnormal numbers for zero; 0 if it
 *     keeps them
 * @param division relative error of a quotient
 * @param exp error of the exponential; exp(0) is 1 exactly
 * @param log error of the natural logarithm; log(1) is 0 exactly or within the absolute error
 * @param scaleRoundings roundings that scaling adds to a score of attention; more than one if kernels count in units of
 *     log2(e), which then multiplies the mask too
 */
public record FloatModel(
    String name,
    double roundoff,
    double underflow,
    double inputFlush,
    double division,
    FunctionError exp,
    FunctionError log,
    int scaleRoundings) {

  private static final double U = 0x1p-24;
  private static final double ULP = 0x1p-23;
  private static final double SMALLEST_NORMAL = 0x1p-126;
  private static final double HALF_SMALLEST_SUBNORMAL = 0x1p-150;

  /**
   * Java: IEEE 754 with subnormal numbers. {@code TornadoMath.exp} and {@code log} of a float are those of {@link Math}
   * in double precision, within 1 ulp of double, rounded to fp32.
   */
  public static final FloatModel JAVA =
      new FloatModel(
          "Java",
          U,
          HALF_SMALLEST_SUBNORMAL,
          0,
          U,
          new FunctionError(U + 0x1p-51, 0, 0),
          new FunctionError(U + 0x1p-51, 0, 0),
          1);

  /**
   * Java's vector kernels: exponents are multiplied by log2(e), which is rounded, and 2^x is within {@link
   * VectorExp#RELATIVE_ERROR}, or 0 below the smallest normal number; the logarithm is that of {@link Math}. A score
   * takes log2(e), its product with the scale, and that times a query's element.
   */
  public static final FloatModel JAVA_VECTOR =
      new FloatModel(
          "Java, vectors",
          U,
          SMALLEST_NORMAL,
          0,
          2 * U,
          new FunctionError(VectorExp.RELATIVE_ERROR, 2 * U, 0),
          new FunctionError(U + 0x1p-51, 0, 0),
          3);

  /** OpenCL C, section "Relative error as ULPs", fp32, full profile; subnormal numbers are optional. */
  public static final FloatModel OPENCL =
      new FloatModel(
          "OpenCL C",
          U,
          SMALLEST_NORMAL,
          SMALLEST_NORMAL,
          2.5 * ULP,
          FunctionError.ulps(3),
          FunctionError.ulps(3),
          1);

  /**
   * OpenCL C under {@code -cl-fast-relaxed-math}: exp within 3 + floor(|2 x|) ulp; log within 2^-21 absolute in [0.5,
   * 2] and 3 ulp elsewhere.
   */
  public static final FloatModel OPENCL_RELAXED =
      new FloatModel(
          "OpenCL C, relaxed",
          U,
          SMALLEST_NORMAL,
          SMALLEST_NORMAL,
          2.5 * ULP,
          new FunctionError(3 * ULP, 2 * ULP, 0),
          new FunctionError(3 * ULP, 0, 0x1p-21),
          1);

  /**
   * PTX: {@code ex2.approx} (2^-22) of x times log2(e), which is rounded twice; {@code lg2.approx} (2^-22) times
   * ln(2); {@code div.full} (2 ulp).
   */
  public static final FloatModel PTX =
      new FloatModel(
          "PTX",
          U,
          SMALLEST_NORMAL,
          SMALLEST_NORMAL,
          2 * ULP,
          new FunctionError(0x1p-22, 2 * U, 0),
          new FunctionError(0x1p-22 + 2 * U, 0, 0x1p-22),
          1);

  /** The Metal Shading Language: exp and log within 4 ulp, division within 2.5 ulp. */
  public static final FloatModel METAL =
      new FloatModel(
          "Metal",
          U,
          SMALLEST_NORMAL,
          SMALLEST_NORMAL,
          2.5 * ULP,
          FunctionError.ulps(4),
          FunctionError.ulps(4),
          1);

  /** CUDA C++: expf within 2 ulp, logf within 1, division correctly rounded, 2 ulp with fast division. */
  public static final FloatModel CUDA =
      new FloatModel(
          "CUDA C++",
          U,
          SMALLEST_NORMAL,
          SMALLEST_NORMAL,
          2 * ULP,
          FunctionError.ulps(2),
          FunctionError.ulps(2),
          1);

  /** TornadoVM's property for the options of the OpenCL compiler; Gale's plans don't relax the arithmetic without it. */
  private static final String OPENCL_FLAGS = "tornado.opencl.compiler.flags";

  /** The model of a device for the kernels of a variant. */
  public static FloatModel of(DeviceInfo device, Variant variant) {
    FloatModel model = of(device, variant.dialect());
    return variant.exponentialsInLanes() ? model.withExponentialsInLanes() : model;
  }

  /** The model of a device for kernels of a dialect. */
  public static FloatModel of(DeviceInfo device, Dialect dialect) {
    return dialect == Dialect.VECTOR ? JAVA_VECTOR : of(device);
  }

  /** The model of a device. */
  public static FloatModel of(DeviceInfo device) {
    return switch (device.id().backend().toLowerCase(Locale.ROOT)) {
      case "host" -> JAVA;
      case "opencl" -> openCl(System.getProperty(OPENCL_FLAGS, ""));
      case "spirv" -> OPENCL;
      case "ptx" -> PTX;
      case "cuda" -> CUDA;
      case "metal" -> METAL;
      default ->
          throw new IllegalArgumentException(
              "device "
                  + device.id()
                  + ": the accuracy of its arithmetic is not known; known are host, opencl, spirv, ptx, cuda, metal");
    };
  }

  private static FloatModel openCl(String flags) {
    return flags.contains("relaxed-math") || flags.contains("unsafe-math")
        ? OPENCL_RELAXED
        : OPENCL;
  }

  /** The most that log(computed / exact) of one rounded operation can be: u / (1 - u). */
  double logRoundoff() {
    return toLog(roundoff);
  }

  /** The same for a relative error: |log(1 + d)| &lt;= e / (1 - e) for |d| &lt;= e. */
  static double toLog(double relative) {
    return relative / (1 - relative);
  }

  /**
   * The most that log(computed / exact) of one exponential of a difference can be.
   *
   * @param argument the absolute error of what is subtracted from one another
   * @param distance the largest |difference|
   */
  double logOfExponential(double argument, double distance) {
    return argument
        + underflow
        + 2 * inputFlush
        + (logRoundoff() + toLog(exp.perUnit())) * distance
        + toLog(exp.relative());
  }

  /** This one, but with {@link LanesExp} for an exponential. */
  private FloatModel withExponentialsInLanes() {
    return new FloatModel(
        name + ", exp in lanes",
        roundoff,
        underflow,
        inputFlush,
        division,
        new FunctionError(LanesExp.ULPS * ULP, LanesExp.PER_UNIT, LanesExp.LEAST_RESULT),
        log,
        scaleRoundings);
  }

  /** The most that an exponential that becomes 0 can have been. */
  double lostExponential() {
    return Math.max(underflow, exp.absolute());
  }

  /** gamma_k = k u / (1 - k u); infinite where k u reaches 1 and the analysis says nothing. */
  public double gamma(long k) {
    double ku = k * roundoff;
    return ku < 1 ? ku / (1 - ku) : Double.POSITIVE_INFINITY;
  }
}
