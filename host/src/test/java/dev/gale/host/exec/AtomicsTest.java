package dev.gale.host.exec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

class AtomicsTest {

  private static final int ADDITIONS = 20_000;

  private static void add(Runnable addition) {
    new WorkerPool(4)
        .run(
            8,
            (slice, worker) -> {
              for (int i = 0; i < ADDITIONS / 8; i++) {
                addition.run();
              }
            });
  }

  @Test
  void noAdditionIsLost_whateverTheType() {
    IntArray ints = new IntArray(2);
    int[] javaInts = new int[2];
    LongArray longs = new LongArray(2);
    FloatArray floats = new FloatArray(2);
    DoubleArray doubles = new DoubleArray(2);

    add(() -> Atomics.add(ints, 1, 2));
    add(() -> Atomics.add(javaInts, 1, 2));
    add(() -> Atomics.add(longs, 1, 1L << 33));
    // Sums of halves stay exact far beyond this number of additions.
    add(() -> Atomics.add(floats, 1, 0.5f));
    add(() -> Atomics.add(doubles, 1, 0.5));

    assertThat(ints.get(1)).isEqualTo(2 * ADDITIONS);
    assertThat(javaInts[1]).isEqualTo(2 * ADDITIONS);
    assertThat(longs.get(1)).isEqualTo((1L << 33) * ADDITIONS);
    assertThat(floats.get(1)).isEqualTo(0.5f * ADDITIONS);
    assertThat(doubles.get(1)).isEqualTo(0.5 * ADDITIONS);
    assertThat(ints.get(0)).isZero();
  }

  @Test
  void valueBeforeIsGiven() {
    IntArray ints = new IntArray(1);
    ints.set(0, 5);

    assertThat(Atomics.add(ints, 0, 3)).isEqualTo(5);
    assertThat(ints.get(0)).isEqualTo(8);
  }
}
