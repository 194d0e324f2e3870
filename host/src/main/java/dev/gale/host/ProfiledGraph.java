package dev.gale.host;

import dev.gale.host.graph.GraphProfile;
import uk.ac.manchester.tornado.api.profiler.ProfilerInterface;
import uk.ac.manchester.tornado.api.profiler.ProfilerType;

/** The half of a task graph that answers questions about its last execution. All answers are 0 without the profiler. */
abstract class ProfiledGraph implements ProfilerInterface {

  /** The values of the last execution. */
  abstract GraphProfile profile();

  @Override
  public String getProfileLog() {
    return profile().logged();
  }

  @Override
  public long getTotalTime() {
    return profile().get(ProfilerType.TOTAL_TASK_GRAPH_TIME);
  }

  @Override
  public long getCompileTime() {
    return getTornadoCompilerTime() + getDriverInstallTime();
  }

  @Override
  public long getTornadoCompilerTime() {
    return profile().get(ProfilerType.TOTAL_GRAAL_COMPILE_TIME);
  }

  @Override
  public long getDriverInstallTime() {
    return profile().get(ProfilerType.TOTAL_DRIVER_COMPILE_TIME);
  }

  @Override
  public long getDataTransfersTime() {
    return getDeviceWriteTime() + getDeviceReadTime();
  }

  @Override
  public long getDeviceWriteTime() {
    return profile().get(ProfilerType.COPY_IN_TIME);
  }

  @Override
  public long getDeviceReadTime() {
    return profile().get(ProfilerType.COPY_OUT_TIME);
  }

  @Override
  public long getDataTransferDispatchTime() {
    return profile().get(ProfilerType.TOTAL_DISPATCH_DATA_TRANSFERS_TIME);
  }

  @Override
  public long getKernelDispatchTime() {
    return profile().get(ProfilerType.TOTAL_DISPATCH_KERNEL_TIME);
  }

  @Override
  public long getDeviceKernelTime() {
    return profile().get(ProfilerType.TOTAL_KERNEL_TIME);
  }

  @Override
  public long getTotalBytesCopyIn() {
    return profile().get(ProfilerType.TOTAL_COPY_IN_SIZE_BYTES);
  }

  @Override
  public long getTotalBytesCopyOut() {
    return profile().get(ProfilerType.TOTAL_COPY_OUT_SIZE_BYTES);
  }

  @Override
  public long getTotalBytesTransferred() {
    return getTotalBytesCopyIn() + getTotalBytesCopyOut();
  }

  @Override
  public long getTotalDeviceMemoryUsage() {
    return profile().get(ProfilerType.ALLOCATION_BYTES);
  }
}
