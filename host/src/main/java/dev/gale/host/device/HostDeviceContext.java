package dev.gale.host.device;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import uk.ac.manchester.tornado.api.TornadoDeviceContext;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.SchedulableTask;
import uk.ac.manchester.tornado.api.memory.TornadoMemoryProvider;

/** The state TornadoVM keeps with a device; for the JVM little more than which plans have used it. */
final class HostDeviceContext implements TornadoDeviceContext {

  private final HostTargetDevice target;
  private final Set<Long> planIds = ConcurrentHashMap.newKeySet();
  private volatile boolean reset;

  HostDeviceContext(HostTargetDevice target) {
    this.target = target;
  }

  void registerPlan(long planId) {
    planIds.add(planId);
  }

  @Override
  public TornadoTargetDevice getDevice() {
    return target;
  }

  @Override
  public TornadoMemoryProvider getMemoryManager() {
    return target::getDeviceGlobalMemorySize;
  }

  @Override
  public boolean wasReset() {
    return reset;
  }

  @Override
  public void reset(long executionPlanId) {
    planIds.remove(executionPlanId);
    reset = true;
  }

  @Override
  public void setResetToFalse() {
    reset = false;
  }

  @Override
  public boolean isPlatformFPGA() {
    return false;
  }

  @Override
  public boolean isPlatformXilinxFPGA() {
    return false;
  }

  @Override
  public boolean isFP64Supported() {
    return true;
  }

  @Override
  public boolean isCached(long executionPlanId, String methodName, SchedulableTask task) {
    return !task.shouldCompile();
  }

  @Override
  public int getDeviceIndex() {
    return 0;
  }

  @Override
  public int getDevicePlatform() {
    return 0;
  }

  @Override
  public String getDeviceName() {
    return target.getDeviceName();
  }

  @Override
  public int getDriverIndex() {
    return 0;
  }

  @Override
  public Set<Long> getRegisteredPlanIds() {
    return planIds;
  }
}
