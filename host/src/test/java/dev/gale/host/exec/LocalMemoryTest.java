package dev.gale.host.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.HalfFloat;

class LocalMemoryTest {

  private final LocalMemory memory = new LocalMemory();

  @Test
  void sameCallGivesTheSameArray() {
    Object first = memory.allocate(0, float.class, 8);
    Object second = memory.allocate(1, float.class, 8);

    assertThat(memory.allocate(0, float.class, 8)).isSameAs(first).isNotSameAs(second);
    assertThat(memory.allocate(1, float.class, 8)).isSameAs(second);
  }

  @Test
  void contentsAreSpoiled_whenAGroupBegins() {
    float[] floats = (float[]) memory.allocate(0, float.class, 2);
    double[] doubles = (double[]) memory.allocate(1, double.class, 2);
    int[] ints = (int[]) memory.allocate(2, int.class, 2);
    long[] longs = (long[]) memory.allocate(3, long.class, 2);
    byte[] bytes = (byte[]) memory.allocate(4, byte.class, 2);
    HalfFloat[] halves = (HalfFloat[]) memory.allocate(5, HalfFloat.class, 2);
    assertThat(floats).containsOnly(Float.NaN);
    assertThat(doubles).containsOnly(Double.NaN);
    assertThat(ints).containsOnly(-1);
    assertThat(longs).containsOnly(-1);
    assertThat(bytes).containsOnly(-1);
    assertThat(halves).containsOnlyNulls();

    floats[0] = 5;
    memory.enterGroup();

    assertThat(memory.allocate(0, float.class, 2)).isSameAs(floats);
    assertThat(floats).containsOnly(Float.NaN);
  }

  @Test
  void itemsThatAskForDifferentArraysAreAnError() {
    memory.allocate(0, float.class, 8);

    assertThatThrownBy(() -> memory.allocate(0, int.class, 8))
        .hasMessage(
            "local array 0: a work item asks for int[8], another of its group for float[8]");
    assertThatThrownBy(() -> memory.allocate(0, float.class, 9))
        .hasMessage(
            "local array 0: a work item asks for float[9], another of its group for float[8]");
  }

  @Test
  void anotherSizeIsFine_whenAnotherGroupAsks() {
    memory.allocate(0, float.class, 8);
    memory.enterGroup();

    assertThat((float[]) memory.allocate(0, float.class, 9)).hasSize(9);
  }

  @Test
  void sizeIsLimited() {
    memory.allocate(0, double.class, 1 << 16);

    assertThatThrownBy(() -> memory.allocate(1, double.class, (1 << 16) + 1))
        .hasMessage("local memory: 1048584 bytes in a work group, more than the device's 1048576");
  }
}
