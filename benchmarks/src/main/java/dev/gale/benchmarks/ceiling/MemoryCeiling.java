package dev.gale.benchmarks.ceiling;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Arrays far larger than a cache, read, or read and written. Each thread first touches what it works on. */
final class MemoryCeiling implements Ceiling {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final long STEP = SPECIES.vectorByteSize();

  /** Bytes of one array, of all threads together. */
  private static final long ARRAY_BYTES = 128L << 20;

  private final boolean triad;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment[] a;
  private final MemorySegment[] b;
  private final MemorySegment[] c;
  private final long bytes;
  private final float[] results;

  /**
   * @param triad a = b + s c; else the sum of b
   */
  MemoryCeiling(boolean triad, int threads) {
    this.triad = triad;
    // Whole vectors, in each of four quarters.
    bytes = ARRAY_BYTES / threads / (4 * STEP) * (4 * STEP);
    a = new MemorySegment[threads];
    b = new MemorySegment[threads];
    c = new MemorySegment[threads];
    results = new float[threads];
  }

  @Override
  public long work() {
    return triad ? 3 * bytes : bytes;
  }

  @Override
  public void pass(int thread) {
    MemorySegment read = b[thread];
    if (read == null) {
      read = allocate(1);
      b[thread] = read;
      if (triad) {
        a[thread] = allocate(0);
        c[thread] = allocate(2);
      }
    }
    if (triad) {
      triad(a[thread], read, c[thread], bytes, 0.5f);
    } else {
      results[thread] = sum(read, bytes);
    }
  }

  private MemorySegment allocate(float value) {
    MemorySegment segment = arena.allocate(bytes, STEP);
    for (long i = 0; i < bytes; i += Float.BYTES) {
      segment.set(ValueLayout.JAVA_FLOAT, i, value);
    }
    return segment;
  }

  private static void triad(
      MemorySegment a, MemorySegment b, MemorySegment c, long bytes, float s) {
    FloatVector factor = FloatVector.broadcast(SPECIES, s);
    for (long i = 0; i < bytes; i += STEP) {
      FloatVector.fromMemorySegment(SPECIES, c, i, ORDER)
          .fma(factor, FloatVector.fromMemorySegment(SPECIES, b, i, ORDER))
          .intoMemorySegment(a, i, ORDER);
    }
  }

  /** Four streams, a sum each: one core gets more out of memory with several than with one, and no sum waits. */
  private static float sum(MemorySegment b, long bytes) {
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = sum0;
    FloatVector sum2 = sum0;
    FloatVector sum3 = sum0;
    long quarter = bytes / 4;
    for (long i = 0; i < quarter; i += STEP) {
      sum0 = sum0.add(FloatVector.fromMemorySegment(SPECIES, b, i, ORDER));
      sum1 = sum1.add(FloatVector.fromMemorySegment(SPECIES, b, i + quarter, ORDER));
      sum2 = sum2.add(FloatVector.fromMemorySegment(SPECIES, b, i + 2 * quarter, ORDER));
      sum3 = sum3.add(FloatVector.fromMemorySegment(SPECIES, b, i + 3 * quarter, ORDER));
    }
    return sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void close() {
    arena.close();
  }
}
