package dev.gale.tasks.plan;

import dev.gale.tasks.device.Device;

/** An operator of one shape on one device over fixed buffers: built once, run many times. */
public interface Operator extends AutoCloseable {

  /** The operator's name: {@code matmul}, {@code softmax}, {@code attention}, ... */
  String name();

  /** The variant that runs, by name. */
  String variant();

  /** Where it runs. */
  Device device();

  /** The work one run does. */
  Cost cost();

  /**
   * Reads the input buffers, runs, and leaves the results in the output buffers; with resident outputs, on the device.
   *
   * @throws DeviceFailedException if the device fails
   */
  RunReport run();

  /**
   * {@link #run} with the profiler on, whatever the plan's options say: it proves that the kernels ran, and tells what they took.
   *
   * @throws DeviceFailedException if the device fails, or the profiler shows no time in one of the kernels
   */
  RunReport runProfiled();

  /**
   * Leaves the results of the last run in the output buffers. Only resident outputs need that.
   *
   * @throws IllegalStateException if nothing has run, or the last run failed
   * @throws DeviceFailedException if the device fails
   */
  void fetch();

  /** Frees the device memory; the buffers stay the caller's. */
  @Override
  void close();
}
