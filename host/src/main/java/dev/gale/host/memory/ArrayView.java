package dev.gale.host.memory;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** An array whose elements are some of another array's elements. */
final class ArrayView {

  private ArrayView() {}

  /**
   * Makes a view.
   *
   * @param array gives the view's type and size
   * @param memory the array whose elements it shows
   * @param offset the element of {@code memory} that is its first
   */
  static TornadoNativeArray of(TornadoNativeArray array, TornadoNativeArray memory, long offset) {
    long begin = offset * memory.getElementSize();
    long bytes = array.getNumBytesOfSegment();
    if (begin < 0 || begin + bytes > memory.getNumBytesOfSegment()) {
      throw new TornadoRuntimeException(
          "mapOnDeviceMemoryRegion: elements %d to %d of an array of %d"
              .formatted(offset, offset + array.getSize(), memory.getSize()));
    }
    // The view's header is never read: it lies over elements of the array that come before.
    MemorySegment region =
        memory.getSegmentWithHeader().asSlice(begin, TornadoNativeArray.ARRAY_HEADER + bytes);
    TornadoNativeArray view = (TornadoNativeArray) DataObjects.duplicate(array);
    for (Field field : Fields.of(view.getClass())) {
      if (field.getType() == MemorySegment.class) {
        Fields.set(field, view, region);
        return view;
      } else if (field.getName().equals("segment")) {
        Fields.set(field, view, wrap(field.getType(), region));
        return view;
      }
    }
    throw new TornadoRuntimeException(
        "mapOnDeviceMemoryRegion: a "
            + array.getClass().getSimpleName()
            + " has no segment of its own");
  }

  /** Later releases of the API keep the segment in an object of their own. */
  private static Object wrap(Class<?> type, MemorySegment region) {
    try {
      return type.getConstructor(MemorySegment.class).newInstance(region);
    } catch (NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalStateException(type + ": can not hold a segment", e);
    }
  }
}
