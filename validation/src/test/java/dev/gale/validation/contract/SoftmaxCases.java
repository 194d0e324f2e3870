package dev.gale.validation.contract;

import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.testing.EachThread;
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
    {117, 64},
    {45, 1024},
    {19, 1040},
    {67, 256},
    {9, 240},
    {5, 4096},
    {3, 16},
  };

  /**
   * Where logits are special, the shapes are these: one that nothing divides, whole vectors, and long rows of them, of several rows a
   * work item and of one or two.
   */
  private static final List<SoftmaxShape> SHAPES =
      List.of(
          new SoftmaxShape(5, 301),
          new SoftmaxShape(EachThread.rows(), 240),
          new SoftmaxShape(19, 304));

  private SoftmaxCases() {}

  static List<NamedCase<SoftmaxCase>> all() {
    List<NamedCase<SoftmaxCase>> cases = new ArrayList<>();
    for (int[] size : SIZES) {
      SoftmaxShape shape = new SoftmaxShape(size[0], size[1]);
      cases.add(
          new NamedCase<>(
              "rows %d cols %d".formatted(size[0], size[1]), SoftmaxCase.generated(shape, 42)));
    }
    SHAPES.forEach(shape -> addSpecial(cases, shape));
    addLong(cases, new SoftmaxShape(EachThread.rows(), 272));
    addLong(cases, new SoftmaxShape(3, 2064));
    return cases;
  }

  private static void addSpecial(List<NamedCase<SoftmaxCase>> cases, SoftmaxShape shape) {
    int cols = shape.cols();
    int elements = shape.rows() * cols;
    FloatArray logits = Inputs.normal(elements, 1);
    add(cases, shape, "all negative", Inputs.of(elements, i -> -500 - Math.abs(logits.get(i))));
    add(cases, shape, "+-1e4", Inputs.normal(elements, 1e4, 2));
    add(cases, shape, "outliers x20", Inputs.outliers(elements, 3));
    add(cases, shape, "ascending", Inputs.of(elements, i -> i * 0.05));
    add(cases, shape, "descending", Inputs.of(elements, i -> -i * 0.05));
    add(
        cases,
        shape,
        "a peak at the end",
        Inputs.of(elements, i -> i % cols == cols - 1 ? 200 : i % 7));
    add(cases, shape, "constant", Inputs.constant(elements, -3.25));
    add(cases, shape, "subnormal", Inputs.subnormal(elements, 4));
    add(
        cases,
        shape,
        "-infinity here and there",
        Inputs.of(elements, i -> i % 3 == 0 ? Float.NEGATIVE_INFINITY : logits.get(i)));
    add(
        cases,
        shape,
        "-infinity but for the last",
        Inputs.of(elements, i -> i % cols == cols - 1 ? 2 : Float.NEGATIVE_INFINITY));
    add(
        cases,
        shape,
        "a row of -infinity alone",
        Inputs.with(logits, cols, cols, Float.NEGATIVE_INFINITY));
    add(cases, shape, "+infinity", Inputs.with(logits, cols + 260, Float.POSITIVE_INFINITY));
    add(cases, shape, "NaN first", Inputs.with(logits, 2 * cols, Float.NaN));
    add(cases, shape, "NaN last", Inputs.with(logits, 3 * cols - 1, Float.NaN));
    add(
        cases,
        shape,
        "NaN among -infinity",
        Inputs.with(Inputs.constant(elements, Float.NEGATIVE_INFINITY), cols + 1, Float.NaN));
  }

  /** Rows that are not like what a kernel may have looked at first: the front, the back, the row before. */
  private static void addLong(List<NamedCase<SoftmaxCase>> cases, SoftmaxShape shape) {
    int cols = shape.cols();
    int elements = shape.rows() * cols;
    FloatArray logits = Inputs.normal(elements, 5);
    add(cases, shape, "-infinity first", front(logits, cols, Float.NEGATIVE_INFINITY));
    add(cases, shape, "tiny first, large behind", front(logits, cols, -900));
    add(
        cases,
        shape,
        "large first, tiny behind",
        Inputs.of(elements, i -> logits.get(i) - (i % cols < 16 ? 0 : 900)));
    add(
        cases,
        shape,
        "each row by itself, 60 apart",
        Inputs.of(elements, i -> logits.get(i) + 60.0 * (i / cols)));
    for (int apart : new int[] {3000, -3000}) {
      add(
          cases,
          shape,
          "the second row %+d".formatted(apart),
          Inputs.of(elements, i -> logits.get(i) + (i / cols == 1 ? apart : 0)));
    }
    for (float odd : new float[] {41, -41, 80, -80, 1e30f, -1e30f, Float.MAX_VALUE}) {
      add(cases, shape, odd + " amid later rows", Inputs.with(logits, 2 * cols + 137, odd));
    }
    add(cases, shape, "NaN late", Inputs.with(logits, 3 * cols - 140, Float.NaN));
    add(
        cases,
        shape,
        "+infinity late",
        Inputs.with(logits, 3 * cols - 140, Float.POSITIVE_INFINITY));
    add(
        cases,
        shape,
        "-infinity late",
        Inputs.with(logits, 3 * cols - 140, Float.NEGATIVE_INFINITY));
    add(
        cases,
        shape,
        "+infinity late in the first row",
        Inputs.with(logits, cols - 140, Float.POSITIVE_INFINITY));
    add(
        cases,
        shape,
        "a row of -infinity alone, then +infinity alone",
        Inputs.with(
            Inputs.with(logits, cols, cols, Float.NEGATIVE_INFINITY),
            2 * cols,
            cols,
            Float.POSITIVE_INFINITY));
    add(cases, shape, "a first row of NaN", Inputs.with(logits, 0, cols, Float.NaN));
    add(
        cases,
        shape,
        "hidden as by a causal mask",
        Inputs.of(
            elements,
            i ->
                i % cols > i / cols * (cols - 1) / (shape.rows() - 1)
                    ? Float.NEGATIVE_INFINITY
                    : logits.get(i)));
    add(cases, shape, "largest float throughout", Inputs.constant(elements, Float.MAX_VALUE));
    add(cases, shape, "lowest float throughout", Inputs.constant(elements, -Float.MAX_VALUE));
  }

  /** The first sixteen of each row replaced. */
  private static FloatArray front(FloatArray logits, int cols, float by) {
    return Inputs.of(logits.getSize(), i -> i % cols < 16 ? by : logits.get(i));
  }

  private static void add(
      List<NamedCase<SoftmaxCase>> cases, SoftmaxShape shape, String name, FloatArray logits) {
    cases.add(new NamedCase<>(name + ", cols " + shape.cols(), new SoftmaxCase(shape, logits)));
  }
}
