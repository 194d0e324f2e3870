package dev.gale.validation.harness;

import java.util.List;

/**
 * What an output must be.
 *
 * @param name the output's name
 * @param dims its dimensions, for the index in a complaint
 * @param reference the double-precision value of each element, row-major
 * @param bounds how far each element may be from it. Where the reference is not finite, the element must be the same;
 *     with an infinite bound there, it may be any value that is not finite.
 */
// As large as the outputs: never compared, not copied.
@SuppressWarnings("ArrayRecordComponent")
public record Expected(String name, List<Integer> dims, double[] reference, double[] bounds) {

  /**
   * @throws IllegalArgumentException if the arrays are not as long as the dimensions say
   */
  public Expected {
    dims = List.copyOf(dims);
    int elements = dims.stream().reduce(1, Math::multiplyExact);
    if (reference.length != elements || bounds.length != elements) {
      throw new IllegalArgumentException(
          name
              + ": "
              + reference.length
              + " references and "
              + bounds.length
              + " bounds, expected "
              + elements
              + " of each for "
              + dims);
    }
  }

  int elements() {
    return reference.length;
  }

  /** The index of an element, as in {@code output[0,3,17,5]}. */
  String index(int element) {
    StringBuilder index = new StringBuilder();
    int rest = element;
    for (int d = dims.size() - 1; d >= 0; d--) {
      index.insert(0, (d == 0 ? "" : ",") + rest % dims.get(d));
      rest /= dims.get(d);
    }
    return name + "[" + index + "]";
  }
}
