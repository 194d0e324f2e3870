package dev.gale.benchmarks.work;

import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.plan.Cost;

/** C[m,n] = A[m,k] B[k,n]. */
public record MatmulWork(MatmulShape dimensions) implements Work {

  static final String OPERATOR = "matmul";

  private static final String EXPECTED = "N or MxNxK, as in 512 or 512x768x768";

  static MatmulWork parse(String text) {
    int[] sizes = Sizes.parse(OPERATOR, text, EXPECTED);
    return switch (sizes.length) {
      case 1 -> new MatmulWork(new MatmulShape(sizes[0], sizes[0], sizes[0]));
      case 3 -> new MatmulWork(new MatmulShape(sizes[0], sizes[1], sizes[2]));
      default ->
          throw new IllegalArgumentException(OPERATOR + " " + text + ": expected " + EXPECTED);
    };
  }

  @Override
  public String operator() {
    return OPERATOR;
  }

  @Override
  public String shape() {
    return dimensions.m() + "x" + dimensions.n() + "x" + dimensions.k();
  }

  @Override
  public Cost cost() {
    return dimensions.cost();
  }

  @Override
  public long outputBytes() {
    return (long) Float.BYTES * dimensions.m() * dimensions.n();
  }
}
