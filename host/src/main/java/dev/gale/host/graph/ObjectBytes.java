package dev.gale.host.graph;

import dev.gale.host.device.Unsupported;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** How many bytes of data an object that goes to the device holds: its arrays, wherever in it they are. */
final class ObjectBytes {

  /** The fields, superclasses' included, that can lead to an array. */
  private static final ClassValue<List<Field>> REFERENCES =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          List<Field> fields = new ArrayList<>();
          if (!type.getName().startsWith("java.")) {
            for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
              for (Field field : c.getDeclaredFields()) {
                if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
                  field.setAccessible(true);
                  fields.add(field);
                }
              }
            }
          }
          return List.copyOf(fields);
        }
      };

  private ObjectBytes() {}

  static long of(Object object) {
    if (object instanceof TornadoNativeArray array) {
      return array.getNumBytesOfSegment();
    } else if (object.getClass().isArray() && object.getClass().getComponentType().isPrimitive()) {
      return (long) Array.getLength(object) * width(object.getClass().getComponentType());
    }
    long sum = 0;
    if (object instanceof Object[] elements) {
      for (Object element : elements) {
        sum += element == null ? 0 : of(element);
      }
    } else {
      for (Field field : REFERENCES.get(object.getClass())) {
        sum += of(field, object);
      }
    }
    return sum;
  }

  private static long of(Field field, Object object) {
    try {
      Object value = field.get(object);
      return value == null ? 0 : of(value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(field + ": has been made accessible", e);
    }
  }

  private static int width(Class<?> primitive) {
    if (primitive == long.class || primitive == double.class) {
      return Long.BYTES;
    } else if (primitive == int.class || primitive == float.class) {
      return Integer.BYTES;
    } else if (primitive == short.class || primitive == char.class) {
      return Short.BYTES;
    } else if (primitive == byte.class || primitive == boolean.class) {
      return Byte.BYTES;
    }
    throw Unsupported.feature("arrays of " + primitive);
  }
}
