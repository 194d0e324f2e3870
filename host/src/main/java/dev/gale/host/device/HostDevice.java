package dev.gale.host.device;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.TornadoDeviceContext;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.common.Event;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.memory.DeviceBufferState;
import uk.ac.manchester.tornado.api.memory.TornadoMemoryProvider;

/**
 * The JVM as a TornadoVM device, {@code host:0}.
 *
 * <p>Task graphs reach it through {@link dev.gale.host.HostTaskGraph}. The half of {@link TornadoDevice} that is
 * TornadoVM's own runtime talking to its drivers (buffers, command queues, events) throws and says so.
 */
public final class HostDevice implements TornadoDevice {

  private final HostTargetDevice target;
  private final HostDeviceContext context;
  private final AtomicInteger resets = new AtomicInteger();

  /**
   * Describes the device.
   *
   * @param cpu the processor
   * @param threads how many threads run kernels
   */
  public HostDevice(CpuInfo cpu, int threads) {
    this.target = new HostTargetDevice(cpu, threads);
    this.context = new HostDeviceContext(target);
  }

  /** Notes that a plan has run here. */
  public void registerPlan(long planId) {
    context.registerPlan(planId);
  }

  @Override
  public String getDeviceName() {
    return "host:0";
  }

  @Override
  public String getDescription() {
    return getDeviceName() + " " + target.getDeviceInfo();
  }

  @Override
  public String getPlatformName() {
    return System.getProperty("java.vm.name") + " " + Runtime.version();
  }

  @Override
  public TornadoDeviceContext getDeviceContext() {
    return context;
  }

  @Override
  public TornadoTargetDevice getPhysicalDevice() {
    return target;
  }

  @Override
  public TornadoMemoryProvider getMemoryProvider() {
    return context.getMemoryManager();
  }

  @Override
  public TornadoDeviceType getDeviceType() {
    return TornadoDeviceType.CPU;
  }

  @Override
  public long getMaxAllocMemory() {
    return target.getDeviceMaxAllocationSize();
  }

  @Override
  public long getMaxGlobalMemory() {
    return target.getDeviceGlobalMemorySize();
  }

  @Override
  public long getDeviceLocalMemorySize() {
    return target.getDeviceLocalMemorySize();
  }

  @Override
  public long[] getDeviceMaxWorkgroupDimensions() {
    return target.getDeviceMaxWorkItemSizes();
  }

  @Override
  public String getDeviceOpenCLCVersion() {
    return "none: Java " + Runtime.version();
  }

  @Override
  public Object getDeviceInfo() {
    return target.getDeviceInfo();
  }

  @Override
  public int getBackendIndex() {
    return 0;
  }

  @Override
  public int getAvailableProcessors() {
    return target.getDeviceMaxComputeUnits();
  }

  @Override
  public TornadoVMBackendType getTornadoVMBackend() {
    return TornadoVMBackendType.JAVA;
  }

  @Override
  public boolean isSPIRVSupported() {
    return false;
  }

  @Override
  public void ensureLoaded(long executionPlanId) {
    context.registerPlan(executionPlanId);
  }

  @Override
  public void flushEvents(long executionPlanId) {
    // Execution is synchronous: no event is ever outstanding.
  }

  @Override
  public void sync(long executionPlanId) {
    // Execution is synchronous: there is nothing to wait for.
  }

  @Override
  public void flush(long executionPlanId) {
    // Execution is synchronous: no command is ever queued.
  }

  @Override
  public void clean() {
    resets.incrementAndGet();
    context.getRegisteredPlanIds().forEach(context::reset);
  }

  /** How often the device has been reset; what was on it before is gone. */
  public int resets() {
    return resets.get();
  }

  @Override
  public void dumpEvents(long executionPlanId) {
    throw Unsupported.feature("event dumps: it has no command queue");
  }

  @Override
  public @Nullable Object getAtomic() {
    return null;
  }

  @Override
  public void setAtomicsMapping(ConcurrentHashMap<Object, Integer> mapping) {
    throw driverCall("setAtomicsMapping");
  }

  @Override
  public long allocate(Object object, long batchSize, DeviceBufferState state, Access access) {
    throw driverCall("allocate");
  }

  @Override
  public long allocateObjects(
      Object[] objects, long batchSize, DeviceBufferState[] states, Access[] accesses) {
    throw driverCall("allocateObjects");
  }

  @Override
  public long deallocate(DeviceBufferState state) {
    throw driverCall("deallocate");
  }

  @Override
  public List<Integer> ensurePresent(
      long planId,
      Object object,
      DeviceBufferState state,
      int[] events,
      long batchSize,
      long hostOffset) {
    throw driverCall("ensurePresent");
  }

  @Override
  public List<Integer> streamIn(
      long planId,
      Object object,
      long batchSize,
      long hostOffset,
      DeviceBufferState state,
      int[] events) {
    throw driverCall("streamIn");
  }

  @Override
  public int streamOut(
      long planId, Object object, long hostOffset, DeviceBufferState state, int[] events) {
    throw driverCall("streamOut");
  }

  @Override
  public int streamOutBlocking(
      long planId, Object object, long hostOffset, DeviceBufferState state, int[] events) {
    throw driverCall("streamOutBlocking");
  }

  @Override
  public Event resolveEvent(long planId, int event) {
    throw driverCall("resolveEvent");
  }

  @Override
  public int enqueueBarrier(long planId) {
    throw driverCall("enqueueBarrier");
  }

  @Override
  public int enqueueBarrier(long planId, int[] events) {
    throw driverCall("enqueueBarrier");
  }

  @Override
  public int enqueueMarker(long planId) {
    throw driverCall("enqueueMarker");
  }

  @Override
  public int enqueueMarker(long planId, int[] events) {
    throw driverCall("enqueueMarker");
  }

  @Override
  public void mapDeviceRegion(
      long planId,
      Object destination,
      Object source,
      DeviceBufferState sourceState,
      DeviceBufferState destinationState,
      long offset) {
    throw driverCall("mapDeviceRegion");
  }

  private static RuntimeException driverCall(String method) {
    return Unsupported.feature(
        "TornadoDevice." + method + ", a call of TornadoVM's runtime to its drivers");
  }

  @Override
  public String toString() {
    return getDescription();
  }
}
