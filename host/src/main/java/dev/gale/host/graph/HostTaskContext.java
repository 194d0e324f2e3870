package dev.gale.host.graph;

import dev.gale.host.device.HostDevice;
import dev.gale.host.device.Unsupported;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.common.TornadoEvents;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.runtime.TaskContextInterface;

/** What TornadoVM calls the meta data of a task or of a graph: its device, its threads, its flags. */
public final class HostTaskContext implements TaskContextInterface {

  private final HostDevice device;
  private long @Nullable [] globalWork;
  private long @Nullable [] localWork;
  private long threads;
  private boolean printKernel;

  HostTaskContext(HostDevice device) {
    this.device = device;
  }

  @Override
  public List<TornadoEvents> getProfiles(long executionPlanId) {
    throw Unsupported.feature("event profiles: it has no command queue; use TornadoProfilerResult");
  }

  @Override
  public void setCompilerFlags(TornadoVMBackendType backendType, String flags) {
    if (backendType == TornadoVMBackendType.JAVA) {
      throw Unsupported.feature(
          "compiler flags (" + flags + "): the JVM's flags are set when it starts");
    }
  }

  @Override
  public void setGlobalWork(long[] global) {
    globalWork = global;
  }

  @Override
  public void setLocalWork(long[] local) {
    localWork = local;
  }

  @Override
  public long @Nullable [] getGlobalWork() {
    return globalWork;
  }

  @Override
  public long @Nullable [] getLocalWork() {
    return localWork;
  }

  @Override
  public void setNumThreads(long threads) {
    this.threads = threads;
  }

  @Override
  public long getNumThreads() {
    return threads;
  }

  @Override
  public void setCompiledGraph(Object graph) {
    throw Unsupported.feature("compiled graphs of TornadoVM's compiler");
  }

  @Override
  public Object getCompiledResolvedJavaMethod() {
    throw Unsupported.feature("compiled graphs of TornadoVM's compiler");
  }

  @Override
  public int getBackendIndex() {
    return 0;
  }

  @Override
  public int getDeviceIndex() {
    return 0;
  }

  @Override
  public void setDevice(TornadoDevice device) {
    Devices.check(device);
  }

  HostDevice device() {
    return device;
  }

  @Override
  public boolean isPrintKernelEnabled() {
    return printKernel;
  }

  @Override
  public void setPrintKernelFlag(boolean enabled) {
    printKernel = enabled;
  }

  @Override
  public void resetThreadBlocks() {
    globalWork = null;
    localWork = null;
  }
}
