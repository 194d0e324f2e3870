package dev.gale.validation.faults;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing broken in a kernel, or in the variant that schedules it.
 *
 * @param what in words
 * @param inVariant whether the variant's source is broken, rather than the kernel's
 * @param from the source text that is replaced; white space matches any white space
 * @param occurrence which of several places, from 0; -1 if there is to be only one
 * @param to what it is replaced by
 */
record Fault(String what, boolean inVariant, String from, int occurrence, String to) {

  private static final int ONLY = -1;

  /** In the kernel, at the only place with that text. */
  static Fault of(String what, String from, String to) {
    return new Fault(what, false, from, ONLY, to);
  }

  /** In the kernel, at one of several places, counted from 0. */
  static Fault at(int occurrence, String what, String from, String to) {
    return new Fault(what, false, from, occurrence, to);
  }

  /** In the variant. */
  static Fault inVariant(String what, String from, String to) {
    return new Fault(what, true, from, ONLY, to);
  }

  /** A barrier left out, counted from 0. */
  static Fault missingBarrier(int occurrence, String where) {
    return at(occurrence, "no barrier " + where, "context.localBarrier();", "");
  }

  /** The broken source. */
  String seed(String source) {
    Matcher place = pattern().matcher(source);
    int wanted = Math.max(occurrence, 0);
    for (int n = 0; n <= wanted; n++) {
      if (!place.find()) {
        throw new IllegalStateException(
            what + ": the source has " + n + " of: " + from + "; the fault must follow the kernel");
      }
    }
    int start = place.start();
    int end = place.end();
    if (occurrence == ONLY && place.find()) {
      throw new IllegalStateException(what + ": the source has more than one of: " + from);
    }
    return source.substring(0, start) + to + source.substring(end);
  }

  @Override
  public String toString() {
    return what;
  }

  private Pattern pattern() {
    return Pattern.compile(
        Stream.of(from.strip().split("\\s+"))
            .map(Pattern::quote)
            .collect(Collectors.joining("\\s+")));
  }
}
