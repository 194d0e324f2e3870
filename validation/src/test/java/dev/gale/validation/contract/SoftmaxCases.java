package dev.gale.validation.contract;

import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.testing.Inputs;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What every variant of softmax must get right. */
final class SoftmaxCases {

  private static final int[][] SIZES = {
    {1, 1},
    {2, 2},
    {17, 17},
    {31, 32},
    {33, 31},
    {32, 33},
    {64, 64},
    {3, 113},
    {257, 257},
    {257, 1},
    {1, 1025},
    {113, 2},
    {2, 5000},
  };

  /** Where logits are special, the shape is this: nothing a work-group divides. */
  private static final SoftmaxShape SHAPE = new SoftmaxShape(5, 301);

  private SoftmaxCases() {}

  static List<NamedCase<SoftmaxCase>> all() {
    List<NamedCase<SoftmaxCase>> cases = new ArrayList<>();
    for (int[] size : SIZES) {
      SoftmaxShape shape = new SoftmaxShape(size[0], size[1]);
      cases.add(
          new NamedCase<>(
              "rows %d cols %d".formatted(size[0], size[1]), SoftmaxCase.generated(shape, 42)));
    }
    int elements = SHAPE.rows() * SHAPE.cols();
    int cols = SHAPE.cols();
    FloatArray logits = Inputs.normal(elements, 1);
    add(cases, "all negative", Inputs.of(elements, i -> -500 - Math.abs(logits.get(i))));
    add(cases, "+-1e4", Inputs.normal(elements, 1e4, 2));
    add(cases, "outliers x20", Inputs.outliers(elements, 3));
    add(cases, "ascending", Inputs.of(elements, i -> i * 0.05));
    add(cases, "descending", Inputs.of(elements, i -> -i * 0.05));
    add(cases, "a peak at the end", Inputs.of(elements, i -> i % cols == cols - 1 ? 200 : i % 7));
    add(cases, "constant", Inputs.constant(elements, -3.25));
    add(cases, "subnormal", Inputs.subnormal(elements, 4));
    add(
        cases,
        "-infinity here and there",
        Inputs.of(elements, i -> i % 3 == 0 ? Float.NEGATIVE_INFINITY : logits.get(i)));
    add(
        cases,
        "-infinity but for the last",
        Inputs.of(elements, i -> i % cols == cols - 1 ? 2 : Float.NEGATIVE_INFINITY));
    add(
        cases,
        "a row of -infinity alone",
        Inputs.with(logits, cols, cols, Float.NEGATIVE_INFINITY));
    add(cases, "+infinity", Inputs.with(logits, cols + 260, Float.POSITIVE_INFINITY));
    add(cases, "NaN first", Inputs.with(logits, 2 * cols, Float.NaN));
    add(cases, "NaN last", Inputs.with(logits, 3 * cols - 1, Float.NaN));
    add(
        cases,
        "NaN among -infinity",
        Inputs.with(Inputs.constant(elements, Float.NEGATIVE_INFINITY), cols + 1, Float.NaN));
    return cases;
  }

  private static void add(List<NamedCase<SoftmaxCase>> cases, String name, FloatArray logits) {
    cases.add(new NamedCase<>(name, new SoftmaxCase(SHAPE, logits)));
  }
}
