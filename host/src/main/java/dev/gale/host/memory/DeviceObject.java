package dev.gale.host.memory;

import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** What the device has of one object of the host: a copy of its own, or the object itself. */
public final class DeviceObject {

  private final Object host;
  private final Object device;
  private boolean defined;

  private DeviceObject(Object host, Object device) {
    this.host = host;
    this.device = device;
  }

  /** The device works on the host's object. */
  static DeviceObject shared(Object host) {
    DeviceObject object = new DeviceObject(host, host);
    object.defined = true;
    return object;
  }

  /** The device has memory of its own, whose contents are undefined. */
  static DeviceObject separate(Object host) {
    Object device = DataObjects.duplicate(host);
    DataObjects.spoil(device);
    return new DeviceObject(host, device);
  }

  /** The device has memory of its own that begins as the host's contents. */
  static DeviceObject copied(Object host) {
    DeviceObject object = new DeviceObject(host, DataObjects.duplicate(host));
    object.defined = true;
    return object;
  }

  /** The device sees a part of another object's memory under this one's name. */
  static DeviceObject view(Object host, DeviceObject source, long offset) {
    if (!(host instanceof TornadoNativeArray array)
        || !(source.device instanceof TornadoNativeArray memory)) {
      throw new TornadoRuntimeException(
          "mapOnDeviceMemoryRegion: %s onto %s: both must be TornadoVM arrays"
              .formatted(host.getClass().getSimpleName(), source.host.getClass().getSimpleName()));
    }
    DeviceObject object = new DeviceObject(host, ArrayView.of(array, memory, offset));
    object.defined = true;
    return object;
  }

  /** What kernels are given. */
  public Object device() {
    return device;
  }

  /** Whether the device works on the host's object. */
  boolean isShared() {
    return device == host;
  }

  /** Whether the memory has been given contents, by a transfer or a kernel. */
  boolean isDefined() {
    return defined;
  }

  /** Notes that a kernel has written. */
  void define() {
    defined = true;
  }

  /** Copies the host's contents to the device. */
  void copyIn() {
    if (!isShared()) {
      DataObjects.copyContents(host, device);
      defined = true;
    }
  }

  /** Copies the device's contents to the host. */
  void copyOut() {
    if (!isShared()) {
      DataObjects.copyContents(device, host);
    }
  }

  /** Copies a part of the device's contents to the same place on the host. */
  void copyOut(long offset, long bytes) {
    if (isShared()) {
      return;
    }
    if (!(host instanceof TornadoNativeArray to) || !(device instanceof TornadoNativeArray from)) {
      throw new TornadoRuntimeException(
          "partial transferToHost of a "
              + host.getClass().getSimpleName()
              + ", expected a TornadoVM array");
    }
    DataObjects.copyRange(from, to, offset, bytes);
  }

  /** Bytes on the device, headers included. */
  long bytes() {
    return DataObjects.bytes(host);
  }

  @Override
  public String toString() {
    @Nullable String kind = isShared() ? "shared " : "separate ";
    return kind + host.getClass().getSimpleName();
  }
}
