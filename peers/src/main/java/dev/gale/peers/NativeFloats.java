package dev.gale.peers;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Floats outside of the heap, where native libraries read and write them. They begin at a cache line and live as long
 * as anything points to them.
 *
 * @param segment the floats
 */
public record NativeFloats(MemorySegment segment) {

  private static final int CACHE_LINE = 64;

  /** Zeros. */
  public static NativeFloats zeros(long elements) {
    // At least one: libraries refuse a buffer of none.
    return new NativeFloats(
        Arena.ofAuto().allocate(Float.BYTES * Math.max(1, elements), CACHE_LINE));
  }

  /** A copy. */
  public static NativeFloats of(FloatArray elements) {
    NativeFloats copy = zeros(elements.getSize());
    copy.segment.copyFrom(elements.getSegment());
    return copy;
  }

  /** A copy with each block so many times, one copy behind the other. */
  public static NativeFloats repeated(FloatArray elements, long blockElements, int copies) {
    NativeFloats repeated = zeros(copies * (long) elements.getSize());
    long bytes = blockElements * Float.BYTES;
    for (long block = 0; block * blockElements < elements.getSize(); block++) {
      for (int copy = 0; copy < copies; copy++) {
        MemorySegment.copy(
            elements.getSegment(),
            block * bytes,
            repeated.segment,
            (block * copies + copy) * bytes,
            bytes);
      }
    }
    return repeated;
  }

  /** Copies all of them out. */
  public void read(FloatArray output) {
    output.getSegment().copyFrom(segment.asSlice(0, (long) Float.BYTES * output.getSize()));
  }

  /** The same memory, as older interfaces want it. */
  public ByteBuffer bytes() {
    return segment.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /** The same memory, as older interfaces want it. */
  public FloatBuffer floats() {
    return bytes().asFloatBuffer();
  }
}
