package dev.gale.tasks.plan;

import dev.gale.tasks.device.Device;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.TornadoProfilerResult;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/**
 * A task graph bound to a device, compiled at its first run and run as often as wanted. It owns the device memory of
 * its buffers; {@link #close} frees it. Not for use by two threads at once.
 */
public final class Plan implements AutoCloseable {

  private final Device device;
  private final PlanOptions options;
  private final TornadoExecutionPlan plan;
  private final Object[] outputs;
  private @Nullable TornadoExecutionResult lastRun;
  private boolean profiling;
  private boolean proven;

  Plan(
      Device device,
      PlanOptions options,
      ImmutableTaskGraph graph,
      List<Object> outputs,
      @Nullable GridScheduler grids,
      boolean wholeStores) {
    this.device = device;
    this.options = options;
    this.outputs = outputs.toArray();
    this.plan = new TornadoExecutionPlan(graph);
    plan.withDevice(device.handle());
    if (device.id().backend().equals("opencl")) {
      plan.withCompilerFlags(
          TornadoVMBackendType.OPENCL, OpenClFlags.of(device.info().kind(), wholeStores));
    }
    if (grids != null) {
      plan.withGridScheduler(grids);
    }
  }

  public Device device() {
    return device;
  }

  /**
   * Copies the inputs in, runs every task, copies the outputs back, unless they are resident.
   *
   * @return what it took
   * @throws DeviceFailedException if the device, its driver or the compiler for it fails, or if the profiler, where it is
   *     on, shows no time in a kernel: then the device did not do the work
   */
  public RunReport run() {
    return run(options.profiled() || !proven);
  }

  /**
   * {@link #run} with the profiler on, whatever the options say.
   *
   * @return what it took
   * @throws DeviceFailedException if the device, its driver or the compiler for it fails, or if the profiler shows no time in one
   *     of the kernels: then the device did not do the work
   */
  public RunReport runProfiled() {
    return run(true);
  }

  private RunReport run(boolean profiled) {
    if (profiled && !profiling) {
      plan.withProfiler(ProfilerMode.SILENT);
    } else if (!profiled && profiling) {
      plan.withoutProfiler();
    }
    profiling = profiled;
    long start = System.nanoTime();
    TornadoExecutionResult executed;
    @Nullable TornadoProfilerResult profile;
    try {
      lastRun = null;
      executed = plan.execute();
      profile = profiled ? executed.getProfilerResult() : null;
    } catch (VirtualMachineError outOfJvm) {
      throw outOfJvm;
    } catch (RuntimeException | Error failure) {
      // TornadoVM's compiler fails with errors too.
      throw new DeviceFailedException(device, Failures.oneLine(failure), failure);
    }
    long wall = System.nanoTime() - start;
    if (profile == null) {
      lastRun = executed;
      return RunReport.unprofiled(wall);
    }
    long kernelNanos = kernelNanos(profile);
    lastRun = executed;
    return new RunReport(
        kernelNanos,
        profile.getDeviceWriteTime(),
        profile.getDeviceReadTime(),
        profile.getCompileTime(),
        wall,
        profile.getTotalBytesCopyIn(),
        profile.getTotalBytesCopyOut());
  }

  /**
   * Copies the outputs of the last run back. Only resident outputs need that; for others it does nothing.
   *
   * @throws IllegalStateException if nothing has run, or the last run failed
   * @throws DeviceFailedException if the device fails
   */
  public void fetch() {
    TornadoExecutionResult result = lastRun;
    if (result == null) {
      throw new IllegalStateException("outputs fetched before the first run");
    }
    if (!options.residentOutputs()) {
      return;
    }
    try {
      result.transferToHost(outputs);
    } catch (VirtualMachineError outOfJvm) {
      throw outOfJvm;
    } catch (RuntimeException | Error failure) {
      throw new DeviceFailedException(device, Failures.oneLine(failure), failure);
    }
  }

  /** The time in kernels, once it has shown that they ran: a launch that fails is no exception in TornadoVM. */
  private long kernelNanos(TornadoProfilerResult profile) {
    long nanos = profile.getDeviceKernelTime();
    if (nanos <= 0) {
      throw new DeviceFailedException(
          device, "the profiler shows no kernel time: the device did not do the work");
    }
    // TornadoVM's log holds every run so far, so that reading it costs more each time.
    if (!proven || options.guarded() || !options.profiled()) {
      Map<String, Long> tasks = ProfileLog.lastRun(profile.getProfileLog());
      tasks.forEach(this::requireTime);
      proven = true;
      nanos -= ProfileLog.sum(tasks, GraphBuilder.KEEP);
    }
    return nanos;
  }

  private void requireTime(String task, long nanos) {
    if (nanos <= 0) {
      throw new DeviceFailedException(
          device,
          "task " + task + ": the profiler shows no kernel time: the device did not do the work");
    }
  }

  /** Frees the plan's device memory. */
  @Override
  public void close() {
    try {
      plan.close();
    } catch (TornadoExecutionPlanException failure) {
      throw new DeviceFailedException(device, Failures.oneLine(failure), failure);
    }
  }
}
