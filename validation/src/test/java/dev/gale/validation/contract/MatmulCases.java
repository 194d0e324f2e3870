package dev.gale.validation.contract;

import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.testing.EachThread;
import dev.gale.validation.testing.Inputs;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What every variant of matmul must get right. */
final class MatmulCases {

  private static final int[][] SIZES = {
    {1, 1, 1},
    {2, 2, 2},
    {17, 17, 17},
    {31, 32, 33},
    {33, 31, 32},
    {64, 64, 64},
    {113, 113, 113},
    {257, 257, 257},
    {1, 257, 64},
    {257, 1, 33},
    {64, 113, 1},
    {1, 1, 257},
    {2, 31, 257},
    {129, 17, 5},
    {5, 33, 1100},
    {300, 65, 33},
    // Columns enough for each of the JVM device's threads to pack its own.
    {13, EachThread.columns(), 130},
    {3, 16, 6},
    {6, 64, 23},
    {8, 1024, 40},
    {12, 32, 16},
    {62, 64, 48},
    {40, 32, 1040},
    {61, 160, 20},
    {100, 96, 769},
    {150, 1024, 65},
    {10, 96, 48},
    {10, 2048, 1024},
    {48, 64, 64},
    {3, 64, 2},
    {27, 33, 20},
    // Half of a large block across.
    {20, 48, 32},
    {20, 80, 30},
    {20, 48, 800},
  };

  /** Where inputs are special: nothing a tile divides, then few rows, whole vectors and not, few columns, few terms. */
  private static final int[][] SPECIAL = {
    {35, 37, 41}, {6, 48, 41}, {3, 37, 41}, {38, 64, 48}, {35, 96, 41}
  };

  private MatmulCases() {}

  static List<NamedCase<MatmulCase>> all() {
    List<NamedCase<MatmulCase>> cases = new ArrayList<>();
    for (int[] size : SIZES) {
      MatmulShape shape = new MatmulShape(size[0], size[1], size[2]);
      cases.add(
          new NamedCase<>(
              "m %d n %d k %d".formatted(size[0], size[1], size[2]),
              MatmulCase.generated(shape, 42)));
    }
    for (int[] size : SPECIAL) {
      addSpecial(cases, new MatmulShape(size[0], size[1], size[2]));
    }
    return cases;
  }

  private static void addSpecial(List<NamedCase<MatmulCase>> cases, MatmulShape shape) {
    FloatArray a = Inputs.normal(shape.m() * shape.k(), 1);
    FloatArray b = Inputs.normal(shape.k() * shape.n(), 2);
    int elementsA = a.getSize();
    int elementsB = b.getSize();
    add(cases, shape, "all negative", Inputs.of(elementsA, i -> -Math.abs(a.get(i))), absolute(b));
    add(cases, shape, "outliers x20", Inputs.outliers(elementsA, 3), Inputs.outliers(elementsB, 4));
    add(cases, shape, "subnormal A", Inputs.subnormal(elementsA, 5), b);
    add(cases, shape, "products that underflow", scaled(a, 1e-25), scaled(b, 1e-18));
    add(cases, shape, "zeros", Inputs.constant(elementsA, 0), b);
    add(
        cases,
        shape,
        "cancellation",
        Inputs.of(elementsA, i -> i % 2 == 0 ? 1e4 : -1e4),
        ones(elementsB));
    add(
        cases,
        shape,
        "NaN in A and in B",
        Inputs.with(a, 7, Float.NaN),
        Inputs.with(b, 9, Float.NaN));
    add(cases, shape, "infinity in A", Inputs.with(a, 50, Float.NEGATIVE_INFINITY), b);
    add(
        cases,
        shape,
        "infinity times zero",
        Inputs.with(a, 50, Float.POSITIVE_INFINITY),
        Inputs.constant(elementsB, 0));
    add(
        cases,
        shape,
        "results beyond the range",
        Inputs.with(absolute(a), 0, shape.k(), Float.MAX_VALUE),
        Inputs.constant(elementsB, 8));
  }

  private static void add(
      List<NamedCase<MatmulCase>> cases,
      MatmulShape shape,
      String name,
      FloatArray a,
      FloatArray b) {
    cases.add(
        new NamedCase<>(
            "%s, m %d n %d k %d".formatted(name, shape.m(), shape.n(), shape.k()),
            new MatmulCase(shape, a, b)));
  }

  private static FloatArray absolute(FloatArray array) {
    return Inputs.of(array.getSize(), i -> Math.abs(array.get(i)));
  }

  private static FloatArray scaled(FloatArray array, double factor) {
    return Inputs.of(array.getSize(), i -> factor * array.get(i));
  }

  private static FloatArray ones(int elements) {
    return Inputs.constant(elements, 1);
  }
}
