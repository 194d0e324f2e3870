package dev.gale.validation.harness;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Compares an output with what it must be, element by element, as {@code !(error <= bound)}: NaN is never within a
 * bound.
 */
public final class Judge {

  /** From here on, a number rounds to infinity in fp32: halfway between the largest float and 2^128. */
  private static final double OVERFLOW = 0x1.ffffffp127;

  private static final MathContext BRIEF = new MathContext(2);
  private static final MathContext AS_FLOAT = new MathContext(8);

  private Judge() {}

  /**
   * Judges the first elements of a buffer, as many as are expected.
   *
   * @param where what ran where, the beginning of a complaint
   * @param actual the output; a guard may follow
   */
  public static Verdict judge(String where, Expected expected, FloatArray actual) {
    long outside = 0;
    double maxError = 0;
    double maxRatio = 0;
    int first = -1;
    for (int i = 0; i < expected.elements(); i++) {
      float value = actual.get(i);
      double reference = expected.reference()[i];
      double bound = expected.bounds()[i];
      if (!Double.isFinite(reference)) {
        if (!sameSpecial(value, reference, bound)) {
          outside++;
          first = first < 0 ? i : first;
          maxRatio = Double.NaN;
          maxError = Double.NaN;
        }
        continue;
      }
      double error = error(value, reference, bound);
      if (!(error <= bound)) {
        outside++;
        first = first < 0 ? i : first;
      }
      // Math.max keeps a NaN once there is one.
      maxError = Math.max(maxError, error);
      maxRatio = Math.max(maxRatio, error == 0 ? 0 : error / bound);
    }
    String complaint =
        first < 0 ? null : complaint(where, expected, first, actual.get(first), outside);
    return new Verdict(expected.elements(), outside, maxError, maxRatio, complaint);
  }

  /** Two outputs of one run as one. */
  static Verdict together(Verdict a, Verdict b) {
    return new Verdict(
        a.elements() + b.elements(),
        a.outside() + b.outside(),
        Math.max(a.maxError(), b.maxError()),
        Math.max(a.maxBoundRatio(), b.maxBoundRatio()),
        first(a.complaint(), b.complaint()));
  }

  /** Two runs of one case as one: the worse counts. */
  static Verdict worst(Verdict a, Verdict b) {
    return new Verdict(
        a.elements(),
        Math.max(a.outside(), b.outside()),
        Math.max(a.maxError(), b.maxError()),
        Math.max(a.maxBoundRatio(), b.maxBoundRatio()),
        first(a.complaint(), b.complaint()));
  }

  private static @Nullable String first(@Nullable String a, @Nullable String b) {
    return a != null ? a : b;
  }

  private static boolean sameSpecial(float value, double reference, double bound) {
    if (bound == Double.POSITIVE_INFINITY) {
      return !Float.isFinite(value);
    }
    return Double.isNaN(reference) ? Float.isNaN(value) : value == reference;
  }

  /** |value - reference|; 0 for the infinity that a reference beyond the range of fp32 rounds to. */
  private static double error(float value, double reference, double bound) {
    boolean overflows =
        Float.isInfinite(value)
            && Math.signum(value) == Math.signum(reference)
            && Math.abs(reference) + bound >= OVERFLOW;
    if (overflows) {
      return 0;
    }
    // An infinite bound says that the analysis ends, not that infinity is right.
    return Float.isInfinite(value) ? Double.NaN : Math.abs(value - reference);
  }

  private static String complaint(
      String where, Expected expected, int element, float value, long outside) {
    double reference = expected.reference()[element];
    double bound = expected.bounds()[element];
    String comparison =
        Double.isFinite(reference)
            ? ", |error| " + brief(Math.abs(value - reference)) + " > bound " + brief(bound)
            : ", expected the same";
    return where
        + ": "
        + expected.index(element)
        + " = "
        + text(value)
        + ", reference "
        + round(reference, AS_FLOAT)
        + comparison
        + "; "
        + outside
        + " of "
        + expected.elements()
        + " outside";
  }

  private static String text(float value) {
    return Float.toString(value).replace('E', 'e');
  }

  private static String brief(double value) {
    return round(value, BRIEF);
  }

  private static String round(double value, MathContext digits) {
    double rounded =
        Double.isFinite(value) ? new BigDecimal(value).round(digits).doubleValue() : value;
    return Double.toString(rounded)
        .toLowerCase(Locale.ROOT)
        .replace("nan", "NaN")
        .replace("infinity", "Infinity");
  }
}
