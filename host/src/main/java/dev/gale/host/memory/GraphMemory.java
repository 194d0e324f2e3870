package dev.gale.host.memory;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects one graph has on the device.
 *
 * <p>Each graph of a plan has memory of its own; what another graph has left on the device it takes over by name.
 */
public final class GraphMemory {

  /** The system property that switches separate memory off. */
  public static final String MEMORY_PROPERTY = "gale.host.memory";

  private final Map<Object, DeviceObject> objects = new IdentityHashMap<>();
  private boolean oneOfSeveral;

  /** Notes that the plan has other graphs, which may take over what this one leaves on the device. */
  public void setOneOfSeveral() {
    oneOfSeveral = true;
  }

  /** Whether the plan has other graphs. */
  public boolean isOneOfSeveral() {
    return oneOfSeveral;
  }

  /** Sets memory aside for an object, unless that has been done. */
  public DeviceObject allocate(Object host, Usage usage) {
    DeviceObject known = objects.get(host);
    if (known == null) {
      known = make(host, usage);
      objects.put(host, known);
    }
    return known;
  }

  private DeviceObject make(Object host, Usage usage) {
    if (!DataObjects.isCopyable(host)
        || isUnified()
        || (!oneOfSeveral && usage.sharingCanNotBeSeen())) {
      return DeviceObject.shared(host);
    }
    // What is copied at every execution is copied when the execution begins.
    boolean copy = usage.needsContentsAtFirst() && usage.in() != Usage.In.EVERY_EXECUTION;
    return copy ? DeviceObject.copied(host) : DeviceObject.separate(host);
  }

  private static boolean isUnified() {
    String value = System.getProperty(MEMORY_PROPERTY, "separate");
    return switch (value) {
      case "separate" -> false;
      case "unified" -> true;
      default ->
          throw new IllegalArgumentException(
              MEMORY_PROPERTY + ": " + value + ", expected separate or unified");
    };
  }

  /** What the device has of an object; null when it has nothing. */
  public @Nullable DeviceObject get(Object host) {
    return objects.get(host);
  }

  /** Takes over what another graph has on the device. */
  public void link(Object host, DeviceObject object) {
    objects.put(host, object);
  }

  /** Makes an object a view of a part of another graph's object. */
  public void map(Object host, DeviceObject source, long offset) {
    objects.put(host, DeviceObject.view(host, source, offset));
  }

  /** What kernels are given in place of an argument. */
  public Object device(Object argument) {
    DeviceObject object = objects.get(argument);
    return object == null ? argument : object.device();
  }

  /** Copies to the device. */
  public void copyIn(Object host) {
    DeviceObject object = objects.get(host);
    if (object != null) {
      object.copyIn();
    }
  }

  /** Copies to the host. */
  public void copyOut(Object host) {
    DeviceObject object = objects.get(host);
    if (object != null) {
      object.copyOut();
    }
  }

  /** Copies a part to the host. */
  public void copyOut(Object host, long offset, long bytes) {
    DeviceObject object = objects.get(host);
    if (object != null) {
      object.copyOut(offset, bytes);
    }
  }

  /** Notes that kernels have written objects. */
  public void define(Collection<Object> written) {
    for (Object host : written) {
      DeviceObject object = objects.get(host);
      if (object != null) {
        object.define();
      }
    }
  }

  /** Whether an object's memory has contents. */
  public boolean isDefined(Object host) {
    DeviceObject object = objects.get(host);
    return object != null && object.isDefined();
  }

  /** Gives all memory back. */
  public void free() {
    objects.clear();
  }

  /** Bytes on the device, headers of arrays included. */
  public long bytes() {
    return objects.values().stream().mapToLong(DeviceObject::bytes).sum();
  }

  /** Bytes an object takes on the device, its header included. */
  public static long bytesOf(Object host) {
    return DataObjects.bytes(host);
  }

  /** Bytes some objects take on the device. */
  public static long bytesOf(List<Object> hosts) {
    return hosts.stream().mapToLong(DataObjects::bytes).sum();
  }
}
