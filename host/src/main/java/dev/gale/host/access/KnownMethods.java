package dev.gale.host.access;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uk.ac.manchester.tornado.api.KernelContext;

/** What methods of the JDK do with memory: they are the leaves, where the analysis does not look inside. */
final class KnownMethods {

  private static final String SEGMENT = "java/lang/foreign/MemorySegment";
  private static final String CONTEXT = KernelContext.class.getName().replace('.', '/');
  private static final Set<String> SEGMENT_READS =
      Set.of("get", "getAtIndex", "getString", "toArray", "elements");
  private static final Set<String> SEGMENT_WRITES =
      Set.of("set", "setAtIndex", "setString", "fill");
  private static final Set<String> SEGMENT_VIEWS =
      Set.of("asSlice", "asReadOnly", "reinterpret", "asByteBuffer", "asOverlappingSlice");

  /** Packages and classes whose methods neither read nor write what tasks pass around. */
  private static final Set<String> HARMLESS =
      Set.of(
          "java/lang/Math",
          "java/lang/StrictMath",
          "java/lang/Object",
          "java/lang/Class",
          "java/lang/Integer",
          "java/lang/Long",
          "java/lang/Float",
          "java/lang/Double",
          "java/lang/Short",
          "java/lang/Byte",
          "java/lang/Character",
          "java/lang/Boolean",
          "java/lang/Number");

  private static final Map<String, Effect> BY_NAME =
      Map.of(
          "java/lang/System.arraycopy", new Effect(Frame.bit(0), Frame.bit(2), 0),
          "java/util/Arrays.fill", new Effect(0, Frame.bit(0), 0),
          "java/util/Objects.requireNonNull", new Effect(0, 0, Frame.bit(0)));

  private KnownMethods() {}

  /**
   * What a method does.
   *
   * @param owner the internal name of its class
   * @param name its name
   * @param isStatic whether it has no receiver
   * @param segments the positions of its parameters that can lead to data, in order
   * @return empty when the method is not known here
   */
  static Optional<Effect> effect(String owner, String name, boolean isStatic, long[] segments) {
    Effect listed = BY_NAME.get(owner + "." + name);
    if (listed != null) {
      return Optional.of(listed);
    }
    if (owner.equals(CONTEXT)) {
      // The bodies of its methods are stand-ins: what atomicAdd does on a device is not in its
      // bytecode.
      return Optional.of(new Effect(-1, -1, 0));
    }
    if (owner.equals(SEGMENT)) {
      return Optional.of(segment(name, isStatic, segments));
    }
    if (owner.startsWith("jdk/incubator/vector/")) {
      return Optional.of(vector(name));
    }
    return HARMLESS.contains(owner) ? Optional.of(Effect.NONE) : Optional.empty();
  }

  private static Effect segment(String name, boolean isStatic, long[] segments) {
    if (isStatic) {
      // MemorySegment.copy in its several forms: the source comes before the destination.
      return name.equals("copy") && segments.length == 2
          ? new Effect(segments[0], segments[1], 0)
          : Effect.ANYTHING;
    }
    long self = Frame.bit(0);
    if (SEGMENT_READS.contains(name)) {
      return new Effect(self, 0, 0);
    } else if (SEGMENT_WRITES.contains(name)) {
      return new Effect(0, self, 0);
    } else if (SEGMENT_VIEWS.contains(name)) {
      return new Effect(0, 0, self);
    } else if (name.equals("copyFrom")) {
      return new Effect(Frame.bit(1), self, self);
    } else if (name.equals("mismatch")) {
      return new Effect(-1, 0, 0);
    }
    return Effect.NONE;
  }

  private static Effect vector(String name) {
    if (name.startsWith("from")) {
      return new Effect(-1, 0, 0);
    } else if (name.startsWith("into")) {
      return new Effect(0, -1, 0);
    }
    return Effect.NONE;
  }
}
