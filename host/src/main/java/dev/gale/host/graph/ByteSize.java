package dev.gale.host.graph;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as TornadoVM's API takes them: a whole number and a unit, {@code 512MB} or {@code 1GB}, decimal. */
final class ByteSize {

  private static final Pattern SIZE =
      Pattern.compile("(\\d+)\\s*(MB|GB)", Pattern.CASE_INSENSITIVE);

  private ByteSize() {}

  /**
   * The number of bytes.
   *
   * @param what what the size is of, for the message
   * @param text the size
   * @throws IllegalArgumentException when {@code text} is not a size
   */
  static long parse(String what, String text) {
    Matcher matcher = SIZE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          what + ": " + text + ", expected a whole number and MB or GB, such as 512MB");
    }
    long unit =
        matcher.group(2).toUpperCase(Locale.ROOT).equals("GB") ? 1_000_000_000L : 1_000_000L;
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
  }
}
