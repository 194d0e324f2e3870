package dev.gale.host.graph;

import java.lang.reflect.Array;
import java.util.HashSet;
import java.util.Set;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Checks whether a graph may be processed in batches.
 *
 * <p>Batches exist to fit large arrays into a device's memory. This device works in the host's memory, so it runs all
 * batches as one; the results are the same, because a graph may only be batched when it works element by element. What
 * TornadoVM refuses to batch is refused here too.
 */
final class Batches {

  private Batches() {}

  static void check(GraphRecord graph) {
    Set<Long> lengths = new HashSet<>();
    Set<Integer> elementBytes = new HashSet<>();
    for (Object object : graph.memoryObjects()) {
      if (object instanceof TornadoNativeArray array) {
        lengths.add(array.getNumBytesOfSegment());
        elementBytes.add(array.getElementSize());
      } else if (object.getClass().isArray()
          && object.getClass().getComponentType().isPrimitive()) {
        int width = width(object.getClass().getComponentType());
        lengths.add((long) Array.getLength(object) * width);
        elementBytes.add(width);
      } else {
        throw new TornadoBailoutRuntimeException(
            "withBatch: graph %s uses a %s; only arrays can be processed in batches"
                .formatted(graph.name(), object.getClass().getSimpleName()));
      }
    }
    if (lengths.size() > 1) {
      throw new TornadoBailoutRuntimeException(
          "withBatch: graph %s uses arrays of %s bytes; batches need arrays of one size"
              .formatted(graph.name(), lengths));
    }
    if (elementBytes.size() > 1) {
      throw new TornadoBailoutRuntimeException(
          "withBatch: graph %s uses arrays with elements of %s bytes; batches need elements of one size"
              .formatted(graph.name(), elementBytes));
    }
  }

  private static int width(Class<?> primitive) {
    Object one = Array.get(Array.newInstance(primitive, 1), 0);
    return switch (one) {
      case Long l -> Long.BYTES;
      case Double d -> Double.BYTES;
      case Integer i -> Integer.BYTES;
      case Float f -> Float.BYTES;
      case Short s -> Short.BYTES;
      case Character c -> Character.BYTES;
      default -> Byte.BYTES;
    };
  }
}
