package dev.gale.host.exec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * Atomic additions to elements of TornadoVM arrays.
 *
 * <p>The methods of the API with these names are stand-ins for compiler intrinsics: on the JVM they are not atomic, or
 * do nothing.
 */
public final class Atomics {

  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
  private static final VarHandle FLOAT = ValueLayout.JAVA_FLOAT.varHandle();
  private static final VarHandle DOUBLE = ValueLayout.JAVA_DOUBLE.varHandle();
  private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

  private Atomics() {}

  /** Adds to an element and gives its value before. */
  public static int add(IntArray array, int index, int value) {
    MemorySegment segment = array.getSegment();
    return (int) INT.getAndAdd(segment, (long) index * Integer.BYTES, value);
  }

  /** Adds to an element and gives its value before. */
  public static int add(int[] array, int index, int value) {
    return (int) INTS.getAndAdd(array, index, value);
  }

  /** Adds to an element and gives its value before. */
  public static long add(LongArray array, int index, long value) {
    MemorySegment segment = array.getSegment();
    return (long) LONG.getAndAdd(segment, (long) index * Long.BYTES, value);
  }

  /** Adds to an element and gives its value before. */
  public static float add(FloatArray array, int index, float value) {
    MemorySegment segment = array.getSegment();
    long offset = (long) index * Float.BYTES;
    float before;
    do {
      before = (float) FLOAT.getVolatile(segment, offset);
    } while (!FLOAT.compareAndSet(segment, offset, before, before + value));
    return before;
  }

  /** Adds to an element and gives its value before. */
  public static double add(DoubleArray array, int index, double value) {
    MemorySegment segment = array.getSegment();
    long offset = (long) index * Double.BYTES;
    double before;
    do {
      before = (double) DOUBLE.getVolatile(segment, offset);
    } while (!DOUBLE.compareAndSet(segment, offset, before, before + value));
    return before;
  }
}
