package dev.gale.validation.harness;

import dev.gale.tasks.plan.PlanOptions;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * A buffer for an output that shows what a kernel did not write and what it wrote elsewhere. Before a run it holds NaN, its
 * guard behind the end holds a pattern that no arithmetic gives, and the array's header before the start is remembered.
 */
final class GuardedBuffer {

  /** A quiet NaN with a payload: a quiet one, so that no copy through a register changes it. */
  private static final int PATTERN = 0x7fd6_a1e5;

  private final String name;
  private final int elements;
  private final FloatArray buffer;
  private byte[] header = new byte[0];

  GuardedBuffer(String name, int elements) {
    this.name = name;
    this.elements = elements;
    this.buffer = new FloatArray(elements + PlanOptions.GUARD_ELEMENTS);
  }

  FloatArray buffer() {
    return buffer;
  }

  String name() {
    return name;
  }

  /** Makes ready for a run. */
  void prepare() {
    buffer.init(Float.NaN);
    MemorySegment segment = buffer.getSegment();
    for (long i = elements; i < buffer.getSize(); i++) {
      segment.setAtIndex(ValueLayout.JAVA_INT, i, PATTERN);
    }
    header = header();
  }

  /**
   * Judges what the run left.
   *
   * @param where what ran where, the beginning of a complaint
   */
  Verdict judge(String where, Expected expected) {
    return Judge.together(Judge.judge(where, expected, buffer), judgeGuard(where));
  }

  /** Judges what the run left outside of the output alone. */
  Verdict judgeGuard(String where) {
    String strayWrite = strayWrite();
    String complaint = strayWrite == null ? null : where + ": " + name + ": " + strayWrite;
    return new Verdict(0, 0, 0, 0, complaint);
  }

  /** The result without its guard. */
  FloatArray result() {
    FloatArray result = new FloatArray(elements);
    MemorySegment.copy(
        buffer.getSegment(), 0, result.getSegment(), 0, result.getNumBytesOfSegment());
    return result;
  }

  private @Nullable String strayWrite() {
    MemorySegment segment = buffer.getSegment();
    int written = 0;
    long firstWritten = -1;
    for (long i = elements; i < buffer.getSize(); i++) {
      if (segment.getAtIndex(ValueLayout.JAVA_INT, i) != PATTERN) {
        written++;
        firstWritten = firstWritten < 0 ? i - elements : firstWritten;
      }
    }
    if (written > 0) {
      return written
          + " of "
          + PlanOptions.GUARD_ELEMENTS
          + " guard elements behind the end were written, the first at "
          + (elements + firstWritten);
    }
    return Arrays.equals(header, header())
        ? null
        : "the bytes before the first element were written";
  }

  private byte[] header() {
    return buffer
        .getSegmentWithHeader()
        .asSlice(0, TornadoNativeArray.ARRAY_HEADER)
        .toArray(ValueLayout.JAVA_BYTE);
  }
}
