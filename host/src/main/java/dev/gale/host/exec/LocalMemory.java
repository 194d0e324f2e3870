package dev.gale.host.exec;

import dev.gale.host.device.HostTargetDevice;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * The local memory of one work group: arrays that all its work items share.
 *
 * <p>Every work item calls the allocation methods of its {@code KernelContext}; the n-th call of each gives the same
 * array. Arrays are kept from group to group, and filled anew for each so that it shows when a kernel reads what it has
 * not written: all bits set, which is NaN in floating point and -1 in integers. Real local memory holds leftovers.
 */
final class LocalMemory {

  private final List<Object> arrays = new ArrayList<>();
  private int inUse;
  private long bytes;

  /** Forgets the arrays of the group before. */
  void enterGroup() {
    inUse = 0;
    bytes = 0;
  }

  /**
   * The array of an allocation call.
   *
   * @param call the number of allocation calls the work item has made before this one
   * @param element the element type
   * @param length the number of elements
   */
  Object allocate(int call, Class<?> element, int length) {
    if (call < inUse) {
      Object array = arrays.get(call);
      if (array.getClass().getComponentType() != element || Array.getLength(array) != length) {
        throw new TornadoRuntimeException(
            "local array %d: a work item asks for %s[%d], another of its group for %s[%d]"
                .formatted(
                    call,
                    element.getSimpleName(),
                    length,
                    array.getClass().getComponentType().getSimpleName(),
                    Array.getLength(array)));
      }
      return array;
    }
    bytes += (long) length * bytesOf(element);
    if (bytes > HostTargetDevice.LOCAL_MEMORY_BYTES) {
      throw new TornadoRuntimeException(
          "local memory: %d bytes in a work group, more than the device's %d"
              .formatted(bytes, HostTargetDevice.LOCAL_MEMORY_BYTES));
    }
    inUse = call + 1;
    if (call < arrays.size()) {
      Object kept = arrays.get(call);
      if (kept.getClass().getComponentType() == element && Array.getLength(kept) == length) {
        spoil(kept);
        return kept;
      }
    }
    Object array = Array.newInstance(element, length);
    spoil(array);
    if (call < arrays.size()) {
      arrays.set(call, array);
    } else {
      arrays.add(array);
    }
    return array;
  }

  private static int bytesOf(Class<?> element) {
    if (element == byte.class) {
      return Byte.BYTES;
    } else if (element == double.class || element == long.class) {
      return Long.BYTES;
    }
    return Integer.BYTES;
  }

  private static void spoil(Object array) {
    switch (array) {
      case float[] floats -> Arrays.fill(floats, Float.NaN);
      case double[] doubles -> Arrays.fill(doubles, Double.NaN);
      case int[] ints -> Arrays.fill(ints, -1);
      case long[] longs -> Arrays.fill(longs, -1);
      case byte[] bytes -> Arrays.fill(bytes, (byte) -1);
      case Object[] objects -> Arrays.fill(objects, null);
      default -> throw new IllegalArgumentException(array.getClass().getTypeName());
    }
  }
}
