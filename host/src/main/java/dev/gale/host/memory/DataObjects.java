package dev.gale.host.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import jdk.internal.reflect.ReflectionFactory;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Copies of the objects that tasks work on: TornadoVM's arrays, collections, matrices, images, volumes, tensors and
 * vectors, and Java arrays of primitives and of these.
 *
 * <p>Other objects are not copied: the device works on them in place.
 */
final class DataObjects {

  private static final String API_TYPES = "uk.ac.manchester.tornado.api.types.";

  private DataObjects() {}

  /** Whether the device can have a copy of its own of an object. */
  static boolean isCopyable(Object object) {
    Class<?> type = object.getClass();
    while (type.isArray()) {
      type = type.getComponentType();
      if (type.isPrimitive()) {
        return true;
      }
    }
    return isData(type);
  }

  private static boolean isData(Class<?> type) {
    // Enums and records (data types, shapes) describe data and never change.
    return type.getName().startsWith(API_TYPES) && !type.isEnum() && !type.isRecord();
  }

  /** Another object of the same kind and size, with the same contents. */
  static Object duplicate(Object object) {
    if (object instanceof MemorySegment segment) {
      // As TornadoVM's arrays do it: the header before the data keeps elements of eight bytes
      // aligned.
      return Arena.ofAuto().allocate(segment.byteSize(), Long.BYTES).copyFrom(segment);
    } else if (object instanceof Object[] elements) {
      Object[] copy = elements.clone();
      for (int i = 0; i < copy.length; i++) {
        copy[i] = duplicateOrKeep(copy[i]);
      }
      return copy;
    } else if (object.getClass().isArray()) {
      Object copy =
          Array.newInstance(object.getClass().getComponentType(), Array.getLength(object));
      copyContents(object, copy);
      return copy;
    }
    Object copy = instantiate(object.getClass());
    for (Field field : Fields.of(object.getClass())) {
      Fields.set(field, copy, duplicateOrKeep(Fields.get(field, object)));
    }
    return copy;
  }

  private static @Nullable Object duplicateOrKeep(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    return isMemory(value) ? duplicate(value) : value;
  }

  /** Makes an object without running a constructor of its class: what follows sets all its fields. */
  private static Object instantiate(Class<?> type) {
    try {
      return ReflectionFactory.getReflectionFactory()
          .newConstructorForSerialization(type, Object.class.getDeclaredConstructor())
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + ": can not be copied", e);
    }
  }

  /** Copies the contents of an object into one of the same kind and size. */
  static void copyContents(Object from, Object to) {
    if (from instanceof TornadoNativeArray source && to instanceof TornadoNativeArray target) {
      target.getSegment().copyFrom(source.getSegment());
    } else if (from instanceof MemorySegment source && to instanceof MemorySegment target) {
      target.copyFrom(source);
    } else if (from instanceof Object[] source && to instanceof Object[] target) {
      for (int i = 0; i < source.length; i++) {
        if (source[i] == null || target[i] == null || !isCopyable(source[i])) {
          target[i] = source[i];
        } else {
          copyContents(source[i], target[i]);
        }
      }
    } else if (from.getClass().isArray()) {
      System.arraycopy(from, 0, to, 0, Array.getLength(from));
    } else {
      copyFields(from, to);
    }
  }

  private static void copyFields(Object from, Object to) {
    for (Field field : Fields.of(from.getClass())) {
      Object source = Fields.get(field, from);
      Object target = Fields.get(field, to);
      if (source != null && target != null && source != target && isMemory(source)) {
        copyContents(source, target);
      } else if (field.getType().isPrimitive()) {
        Fields.set(field, to, source);
      }
    }
  }

  private static boolean isMemory(Object value) {
    return value instanceof MemorySegment || value.getClass().isArray() || isData(value.getClass());
  }

  /**
   * Overwrites the contents of an object with what no program expects: all bits set, which is NaN in floating point and
   * -1 in integers.
   */
  static void spoil(Object object) {
    switch (object) {
      case TornadoNativeArray array -> array.getSegment().fill((byte) -1);
      case MemorySegment segment -> segment.fill((byte) -1);
      case float[] floats -> Arrays.fill(floats, Float.NaN);
      case double[] doubles -> Arrays.fill(doubles, Double.NaN);
      case int[] ints -> Arrays.fill(ints, -1);
      case long[] longs -> Arrays.fill(longs, -1);
      case short[] shorts -> Arrays.fill(shorts, (short) -1);
      case byte[] bytes -> Arrays.fill(bytes, (byte) -1);
      case char[] chars -> Arrays.fill(chars, (char) -1);
      case boolean[] booleans -> Arrays.fill(booleans, true);
      case Object[] elements ->
          Stream.of(elements).filter(Objects::nonNull).forEach(DataObjects::spoil);
      default -> {
        for (Field field : Fields.of(object.getClass())) {
          Object value = field.getType().isPrimitive() ? null : Fields.get(field, object);
          if (value != null && isMemory(value)) {
            spoil(value);
          }
        }
      }
    }
  }

  /** Copies some bytes of the data of one array into the same place of another. */
  static void copyRange(TornadoNativeArray from, TornadoNativeArray to, long offset, long bytes) {
    MemorySegment.copy(from.getSegment(), offset, to.getSegment(), offset, bytes);
  }

  /** Bytes an object takes on a device, headers of arrays included, as TornadoVM counts them. */
  static long bytes(Object object) {
    if (object instanceof TornadoNativeArray array) {
      return array.getNumBytesOfSegmentWithHeader();
    } else if (object instanceof Object[] elements) {
      long sum = TornadoNativeArray.ARRAY_HEADER;
      for (Object element : elements) {
        sum += element == null ? 0 : bytes(element);
      }
      return sum;
    } else if (object.getClass().isArray()) {
      return TornadoNativeArray.ARRAY_HEADER
          + (long) Array.getLength(object) * width(object.getClass().getComponentType());
    }
    long sum = 0;
    if (isData(object.getClass())) {
      for (Field field : Fields.of(object.getClass())) {
        Object value = field.getType().isPrimitive() ? null : Fields.get(field, object);
        sum += value == null ? 0 : bytes(value);
      }
    }
    return sum;
  }

  private static int width(Class<?> primitive) {
    if (primitive == long.class || primitive == double.class) {
      return Long.BYTES;
    } else if (primitive == int.class || primitive == float.class) {
      return Integer.BYTES;
    }
    return primitive == short.class || primitive == char.class ? Short.BYTES : Byte.BYTES;
  }
}
