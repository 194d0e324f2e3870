package dev.gale.validation.reference;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Independent pieces of a reference, on all cores. */
final class Parallel {

  private Parallel() {}

  static void forEach(int pieces, IntConsumer piece) {
    IntStream.range(0, pieces).parallel().forEach(piece);
  }
}
