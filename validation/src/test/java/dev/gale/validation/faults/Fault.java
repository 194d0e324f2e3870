package dev.gale.validation.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing broken in a kernel, or in the variant that schedules it.
 *
 * @param what in words
 * @param from the source text that is replaced; white space matches any white space
 * @param occurrence which of several places, from 0, over all sources; -1 if there is to be only one
 * @param to what it is replaced by
 */
record Fault(String what, String from, int occurrence, String to) {

  private static final int ONLY = -1;

  /** At the only place with that text. */
  static Fault of(String what, String from, String to) {
    return new Fault(what, from, ONLY, to);
  }

  /** At one of several places, counted from 0. */
  static Fault at(int occurrence, String what, String from, String to) {
    return new Fault(what, from, occurrence, to);
  }

  /** A barrier left out, counted from 0. */
  static Fault missingBarrier(int occurrence, String where) {
    return at(occurrence, "no barrier " + where, "context.localBarrier();", "");
  }

  /**
   * Breaks one of some sources.
   *
   * @throws IllegalStateException if the place is not there, or there are more than one where only one is meant
   */
  List<String> seed(List<String> sources) {
    List<String> seeded = new ArrayList<>();
    int places = 0;
    for (String source : sources) {
      Matcher place = pattern().matcher(source);
      String text = source;
      while (place.find()) {
        if (places++ == Math.max(occurrence, 0)) {
          text = source.substring(0, place.start()) + to + source.substring(place.end());
        }
      }
      seeded.add(text);
    }
    boolean found = occurrence == ONLY ? places == 1 : places > occurrence;
    if (!found) {
      throw new IllegalStateException(
          what + ": " + places + " places with: " + from + "; a fault must follow its kernel");
    }
    return seeded;
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
