package dev.gale.kernels.vector;

import java.lang.foreign.MemorySegment;

/**
 * Memory outside the Java heap, where TornadoVM's arrays lie, as the JIT knows it best.
 *
 * <p>What the Vector API does to a segment is one method for all segments, and until it is compiled it keeps vectors in
 * arrays: it then counts segments of the heap too. A loop in which the JIT has to ask at each access what kind of segment
 * it has in hand takes up to twice as long. A slice is of a known class only where the JIT inlines all that makes one,
 * which depends on how often which part of it ran before. A cast to a constant class it always understands.
 */
public final class OffHeap {

  private static final Class<? extends MemorySegment> KIND = MemorySegment.NULL.getClass();

  private OffHeap() {}

  /**
   * A slice of a segment outside the heap.
   *
   * @throws ClassCastException if the segment is of the heap
   */
  public static MemorySegment slice(MemorySegment segment, long start, long bytes) {
    return KIND.cast(segment.asSlice(start, bytes));
  }
}
