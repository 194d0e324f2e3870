package dev.gale.kernels.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Working memory of vector kernels: one piece a thread, kept between calls. */
public final class VectorScratch {

  private static final ThreadLocal<VectorScratch> OF_THREAD =
      ThreadLocal.withInitial(VectorScratch::new);

  private float[] floats = new float[0];
  private MemorySegment segment = MemorySegment.NULL;

  private VectorScratch() {}

  /** At least that many elements; what they hold is not defined. */
  public static float[] floats(int count) {
    VectorScratch scratch = OF_THREAD.get();
    if (scratch.floats.length < count) {
      scratch.floats = new float[count];
    }
    return scratch.floats;
  }

  /** At least that many bytes from a cache line on; what they hold is not defined. */
  public static MemorySegment bytes(long size) {
    VectorScratch scratch = OF_THREAD.get();
    if (scratch.segment.byteSize() < size) {
      scratch.segment = Arena.ofAuto().allocate(size, VectorTiles.CACHE_LINE_BYTES);
    }
    return scratch.segment;
  }
}
