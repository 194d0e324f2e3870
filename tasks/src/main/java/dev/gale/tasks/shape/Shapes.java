package dev.gale.tasks.shape;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Checks that every shape and buffer passes before a kernel sees it. */
public final class Shapes {

  private Shapes() {}

  /**
   * A dimension of at least one.
   *
   * @throws IllegalArgumentException if it is below one
   */
  public static int positive(String operator, String dimension, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          operator + ": " + dimension + " " + value + ", expected at least 1");
    }
    return value;
  }

  /**
   * The number of elements of a buffer, which kernels index with an {@code int}.
   *
   * @param what the buffer and its factors, as in {@code "keys"}, {@code "numKvHeads", 4, "seqLenK", 48}
   * @throws IllegalArgumentException if the product is above 2^31 - 1 - 64
   */
  public static int elements(String buffer, Object... namesAndSizes) {
    long product = 1;
    boolean overflow = false;
    for (int i = 1; i < namesAndSizes.length; i += 2) {
      long size = (Integer) namesAndSizes[i];
      overflow |= Math.multiplyHigh(product, size) != 0 || product * size < 0;
      product *= size;
    }
    if (overflow || product > MAX_ELEMENTS) {
      throw new IllegalArgumentException(
          buffer
              + ": "
              + describe(namesAndSizes)
              + " is over "
              + MAX_ELEMENTS
              + " elements, the most that kernels can index with 32 bits");
    }
    return (int) product;
  }

  /** The most elements a buffer may have: indices are {@code int}, and a guarded output carries a few more. */
  public static final int MAX_ELEMENTS = Integer.MAX_VALUE - 1024;

  /**
   * Checks the length of a buffer.
   *
   * @throws IllegalArgumentException if it differs from the product of the sizes plus {@code guard}
   */
  public static void length(
      String buffer, TornadoNativeArray array, long guard, Object... namesAndSizes) {
    long expected = elements(buffer, namesAndSizes) + guard;
    if (array.getSize() != expected) {
      throw new IllegalArgumentException(
          buffer
              + ": length "
              + array.getSize()
              + ", expected "
              + expected
              + " = "
              + describe(namesAndSizes)
              + (guard == 0 ? "" : " + " + guard + " of guard"));
    }
  }

  /**
   * Checks that a written buffer is none of the others: inputs and outputs are copied and used apart.
   *
   * @throws IllegalArgumentException if it is
   */
  public static void ofItsOwn(
      String buffer, TornadoNativeArray written, TornadoNativeArray... others) {
    for (TornadoNativeArray other : others) {
      if (other == written) {
        throw new IllegalArgumentException(
            buffer + ": the same buffer as another one, expected one of its own");
      }
    }
  }

  private static String describe(@Nullable Object... namesAndSizes) {
    StringJoiner joiner = new StringJoiner(" x ");
    for (int i = 0; i < namesAndSizes.length; i += 2) {
      joiner.add(namesAndSizes[i] + " " + namesAndSizes[i + 1]);
    }
    return joiner.toString();
  }
}
