package dev.gale.validation.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.plan.PlanOptions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class GuardedBufferTest {

  private static final int ELEMENTS = 3;
  private static final Expected EXPECTED =
      new Expected("c", List.of(ELEMENTS), new double[] {1, 2, 3}, new double[ELEMENTS]);

  private final GuardedBuffer guarded = new GuardedBuffer("c", ELEMENTS);
  private final FloatArray buffer = guarded.buffer();

  @BeforeEach
  void run() {
    guarded.prepare();
    for (int i = 0; i < ELEMENTS; i++) {
      buffer.set(i, i + 1);
    }
  }

  @Test
  void passes_whenJustTheElementsAreWritten() {
    assertThat(judge().complaint()).isNull();
    assertThat(guarded.result().toHeapArray()).containsExactly(1, 2, 3);
  }

  @Test
  void findsAnElementLeftFromTheRunBefore() {
    guarded.prepare();
    buffer.set(0, 1);
    buffer.set(2, 3);
    assertThat(judge().complaint()).startsWith("test: c[1] = NaN");
  }

  @Test
  void findsAWriteBehindTheEnd() {
    buffer.set(ELEMENTS + PlanOptions.GUARD_ELEMENTS - 1, Float.NaN);
    assertThat(judge().complaint())
        .isEqualTo(
            "test: c: 1 of 64 guard elements behind the end were written, the first at "
                + (ELEMENTS + PlanOptions.GUARD_ELEMENTS - 1));
  }

  @Test
  void findsAWriteBeforeTheStart() {
    buffer.set(-1, 1);
    assertThat(judge().complaint())
        .isEqualTo("test: c: the bytes before the first element were written");
  }

  private Verdict judge() {
    return guarded.judge("test", EXPECTED);
  }
}
