package dev.gale.validation.faults;

import java.util.List;

/** Faults of each kernel of softmax. */
final class SoftmaxFaults {

  private static final String KERNELS = "dev.gale.kernels.softmax.";
  private static final String VARIANTS = "dev.gale.tasks.softmax.";

  private static final Fault MAXIMUM_FROM_ZERO =
      Fault.at(0, "maximum started at zero", "= Float.NEGATIVE_INFINITY;", "= 0.0f;");

  static final Subject THREE_PASS =
      new Subject(
          "three-pass",
          List.of(KERNELS + "SoftmaxThreePass", VARIANTS + "ThreePassSoftmax"),
          List.of(
              MAXIMUM_FROM_ZERO,
              Fault.at(1, "last column left out of the sum", "j < cols;", "j < cols - 1;"),
              Fault.at(0, "last column left out of the maximum", "j < cols;", "j < cols - 1;"),
              Fault.of("no shift by the maximum", "- shift);", ");"),
              Fault.of("last row unwritten", "i < rows;", "i < rows - 1;"),
              Fault.of(
                  "-infinity less -infinity",
                  "rowMax == Float.NEGATIVE_INFINITY ? 0.0f : rowMax",
                  "rowMax"),
              Fault.of("base 2", "TornadoMath.exp(", "(float) Math.pow(2, "),
              Fault.of("sum a little too large", "1.0f / rowSum", "1.0f / (rowSum + 1e-3f)"),
              Fault.of(
                  "NaN dropped",
                  "float exponential = TornadoMath.exp(",
                  "float exponential = logits.get(row + j) != logits.get(row + j) ? 0.0f : TornadoMath.exp("),
              Fault.of("wrong stride", "int row = i * cols;", "int row = i * (cols - 1);"),
              Fault.at(
                  1,
                  "write past the end",
                  "probabilities.set(row + j,",
                  "probabilities.set(rows * cols, 1.0f); probabilities.set(row + j,")));

  static final Subject ONLINE =
      new Subject(
          "online",
          List.of(KERNELS + "SoftmaxOnline", VARIANTS + "OnlineSoftmax"),
          List.of(
              MAXIMUM_FROM_ZERO,
              Fault.of("sum not rescaled", "rowSum *= TornadoMath.exp(rowMax - logit);", ""),
              Fault.of("sum rescaled the wrong way", "rowMax - logit", "logit - rowMax"),
              Fault.at(0, "last column left out of the sum", "j < cols;", "j < cols - 1;"),
              Fault.at(1, "last column unwritten", "j < cols;", "j < cols - 1;"),
              Fault.of("last row unwritten", "i < rows;", "i < rows - 1;"),
              Fault.of("0 over 0", "rowSum == 0.0f ? 0.0f : 1.0f / rowSum", "1.0f / rowSum"),
              Fault.of(
                  "shift of the row before",
                  "logits.get(row + j) - shift",
                  "logits.get(row + j) - (i == 0 ? shift : shift + 1e-3f)")));

  static final Subject WORK_GROUP =
      new Subject(
          "work-group",
          List.of(KERNELS + "SoftmaxWorkGroup", VARIANTS + "WorkGroupSoftmax"),
          List.of(
              MAXIMUM_FROM_ZERO,
              Fault.missingBarrier(0, "before the reduction of the maximum"),
              Fault.missingBarrier(1, "in the reduction of the maximum"),
              Fault.missingBarrier(2, "between reading the maximum and storing the sums"),
              Fault.missingBarrier(3, "before the reduction of the sum"),
              Fault.missingBarrier(4, "in the reduction of the sum"),
              Fault.at(0, "reduction stopped early", "half > 0;", "half > 1;"),
              Fault.at(1, "sum's reduction stopped early", "half > 0;", "half > 1;"),
              Fault.at(1, "wrong stride", "j += GROUP", "j += GROUP + 1"),
              Fault.of("wrong row", "context.groupIdx * cols", "context.groupIdx * (cols - 1)"),
              Fault.of(
                  "sums of items lost",
                  "partial[x] += partial[x + half]",
                  "partial[x] = partial[x + half]")));

  private SoftmaxFaults() {}
}
