package dev.gale.host.device;

import uk.ac.manchester.tornado.api.TornadoTargetDevice;

/** The CPU of this process as TornadoVM's "physical device". */
public final class HostTargetDevice implements TornadoTargetDevice {

  /** The largest work group: a limit of this implementation, not of the CPU; each work item of a group keeps a stack. */
  public static final int MAX_WORK_GROUP_SIZE = 4096;

  /** Bytes of local memory a work group may allocate: as much as the smallest common second-level cache. */
  public static final long LOCAL_MEMORY_BYTES = 1L << 20;

  private final CpuInfo cpu;
  private final int threads;

  HostTargetDevice(CpuInfo cpu, int threads) {
    this.cpu = cpu;
    this.threads = threads;
  }

  @Override
  public String getDeviceName() {
    return cpu.model();
  }

  @Override
  public long getDeviceGlobalMemorySize() {
    return PhysicalMemory.totalBytes();
  }

  @Override
  public long getDeviceLocalMemorySize() {
    return LOCAL_MEMORY_BYTES;
  }

  @Override
  public int getDeviceMaxComputeUnits() {
    return threads;
  }

  @Override
  public long[] getDeviceMaxWorkItemSizes() {
    return new long[] {MAX_WORK_GROUP_SIZE, MAX_WORK_GROUP_SIZE, MAX_WORK_GROUP_SIZE};
  }

  @Override
  public long[] getDeviceMaxWorkGroupSize() {
    return new long[] {MAX_WORK_GROUP_SIZE};
  }

  @Override
  public int getMaxThreadsPerBlock() {
    return MAX_WORK_GROUP_SIZE;
  }

  @Override
  public int getDeviceMaxClockFrequency() {
    return cpu.clockMegahertz();
  }

  @Override
  public long getDeviceMaxConstantBufferSize() {
    return getDeviceGlobalMemorySize();
  }

  @Override
  public long getDeviceMaxAllocationSize() {
    return getDeviceGlobalMemorySize();
  }

  @Override
  public String getDeviceInfo() {
    return "%s, %d threads of %d logical cores, Java %s (%s)"
        .formatted(
            cpu.model(),
            threads,
            cpu.logicalCores(),
            Runtime.version(),
            System.getProperty("java.vm.name"));
  }

  @Override
  public String toString() {
    return getDeviceInfo();
  }
}
