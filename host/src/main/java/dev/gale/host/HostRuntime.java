package dev.gale.host;

import dev.gale.host.device.CpuInfo;
import dev.gale.host.device.HostDevice;
import dev.gale.host.exec.WorkerPool;
import dev.gale.host.graph.Settings;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoBackendNotFound;

/**
 * TornadoVM's runtime, played by this JVM: one backend, {@code host}, with one device.
 *
 * <p>Named by {@code -Dtornado.load.runtime.implementation=dev.gale.host.HostRuntime}.
 */
public final class HostRuntime implements TornadoRuntime {

  private static final HostRuntime RUNTIME = new HostRuntime();

  private final HostBackend backend =
      new HostBackend(new HostDevice(CpuInfo.read(), WorkerPool.shared().threads()));

  private HostRuntime() {
    JvmFlags.check();
  }

  /** The runtime of this process. TornadoVM's API calls this by name. */
  public static HostRuntime getTornadoRuntime() {
    return RUNTIME;
  }

  @Override
  public TornadoBackend getBackend(int index) {
    checkIndex(index);
    return backend;
  }

  @Override
  public void setDefaultBackend(int index) {
    checkIndex(index);
  }

  @Override
  public TornadoVMBackendType getBackendType(int index) {
    checkIndex(index);
    return backend.getBackendType();
  }

  /**
   * The backend of a class.
   *
   * @throws TornadoBackendNotFound when the JVM's backend is not of that class
   */
  @Override
  public <D extends TornadoBackend> D getBackend(Class<D> type) {
    if (!type.isInstance(backend)) {
      throw new TornadoBackendNotFound(
          "backend " + type.getName() + ": not found; the JVM has one backend, host");
    }
    return type.cast(backend);
  }

  @Override
  public int getNumBackends() {
    return 1;
  }

  @Override
  public TornadoDevice getDefaultDevice() {
    return getDefaultHostDevice();
  }

  HostDevice getDefaultHostDevice() {
    return backend.getDefaultDevice();
  }

  @Override
  public <D extends TornadoBackend> int getBackendIndex(Class<D> type) {
    getBackend(type);
    return 0;
  }

  @Override
  public boolean isProfilerEnabled() {
    return Settings.flag("tornado.profiler");
  }

  @Override
  public boolean isPowerMonitoringEnabled() {
    return false;
  }

  /** Power in milliwatts as TornadoVM gives it: -1, unknown, because the JVM can not measure it. */
  @Override
  public long getPowerMetric() {
    return -1;
  }

  private static void checkIndex(int index) {
    if (index != 0) {
      throw new TornadoBackendNotFound(
          "backend " + index + ": not found; the JVM has one backend, 0 (host)");
    }
  }
}
