package dev.gale.benchmarks.work;

import java.util.Arrays;
import java.util.regex.Pattern;

/** Sizes as in {@code 512x768x768}. */
final class Sizes {

  private static final Pattern FORM = Pattern.compile("[0-9]{1,9}(x[0-9]{1,9})*");

  private Sizes() {}

  /**
   * @param what what is read, for the complaint
   * @param expected how it is written
   * @throws IllegalArgumentException if it is written otherwise
   */
  static int[] parse(String what, String text, String expected) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(what + " " + text + ": expected " + expected);
    }
    return Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
  }
}
