package dev.gale.benchmarks.work;

import dev.gale.tasks.plan.Cost;
import java.util.List;

/** An operator and a shape. Its text form, operator and shape, is what people write and read. */
public sealed interface Work permits AttentionWork, MatmulWork, SoftmaxWork {

  /** The operators that there are. */
  List<String> OPERATORS =
      List.of(MatmulWork.OPERATOR, SoftmaxWork.OPERATOR, AttentionWork.OPERATOR);

  /** One of {@link #OPERATORS}. */
  String operator();

  /** The shape's text form. */
  String shape();

  /** What one call does. */
  Cost cost();

  /** Bytes of the output, of {@link #cost}'s bytes. */
  long outputBytes();

  /**
   * Reads a shape.
   *
   * @param operator {@code matmul}: {@code N} or {@code MxNxK}; {@code softmax}: {@code ROWSxCOLS}; {@code attention}:
   *     see {@link AttentionWork#parse}
   * @throws IllegalArgumentException if it is none, or one that can't be computed
   */
  static Work parse(String operator, String shape) {
    return switch (operator) {
      case MatmulWork.OPERATOR -> MatmulWork.parse(shape);
      case SoftmaxWork.OPERATOR -> SoftmaxWork.parse(shape);
      case AttentionWork.OPERATOR -> AttentionWork.parse(shape);
      default ->
          throw new IllegalArgumentException(
              "operator " + operator + ": expected matmul, softmax or attention");
    };
  }
}
