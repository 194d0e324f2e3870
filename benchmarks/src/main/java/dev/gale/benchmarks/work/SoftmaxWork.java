package dev.gale.benchmarks.work;

import dev.gale.tasks.plan.Cost;
import dev.gale.tasks.softmax.SoftmaxShape;

/** Softmax by rows. */
public record SoftmaxWork(SoftmaxShape dimensions) implements Work {

  static final String OPERATOR = "softmax";

  private static final String EXPECTED = "ROWSxCOLS, as in 4096x1024";

  static SoftmaxWork parse(String text) {
    int[] sizes = Sizes.parse(OPERATOR, text, EXPECTED);
    if (sizes.length != 2) {
      throw new IllegalArgumentException(OPERATOR + " " + text + ": expected " + EXPECTED);
    }
    return new SoftmaxWork(new SoftmaxShape(sizes[0], sizes[1]));
  }

  @Override
  public String operator() {
    return OPERATOR;
  }

  @Override
  public String shape() {
    return dimensions.rows() + "x" + dimensions.cols();
  }

  @Override
  public Cost cost() {
    return dimensions.cost();
  }

  @Override
  public long outputBytes() {
    return (long) Float.BYTES * dimensions.rows() * dimensions.cols();
  }
}
