package dev.gale.tasks.plan;

/**
 * How a plan treats its buffers.
 *
 * @param guarded outputs carry {@link #GUARD_ELEMENTS} extra elements behind their last one, and are copied to the
 *     device before each run: what the caller filled them with is then what a kernel leaves where it does not write,
 *     and a write behind the end is seen
 * @param residentInputs inputs are copied to the device by the first run only; later changes of them are seen by
 *     devices that share the JVM's memory and by no others
 * @param residentOutputs outputs stay on the device until {@link Plan#fetch} asks for them
 * @param profiled every run is profiled, and so proves that its kernels ran. Otherwise the first one is, and the later
 *     ones, where the profiler would cost a good part of a small operator's time, report what their caller waited for and
 *     nothing else; should a launch fail then, TornadoVM does not tell, but {@link Plan#runProfiled} does. TornadoVM's profiler
 *     is on or off for a whole process: such a plan must not run while another thread runs one that is profiled
 */
public record PlanOptions(
    boolean guarded, boolean residentInputs, boolean residentOutputs, boolean profiled) {

  /** Elements behind a guarded output. */
  public static final int GUARD_ELEMENTS = 64;

  /** Inputs and outputs travel at every run, which is profiled; outputs are as long as the shape says. */
  public static final PlanOptions DEFAULT = new PlanOptions(false, false, false, true);

  /** For validation. */
  public static final PlanOptions GUARDED = new PlanOptions(true, false, false, true);

  /** The length a buffer of an output with that many elements must have. */
  public long outputLength(long elements) {
    return guarded ? elements + GUARD_ELEMENTS : elements;
  }

  public PlanOptions withResidentInputs() {
    return new PlanOptions(guarded, true, residentOutputs, profiled);
  }

  public PlanOptions withResidentOutputs() {
    return new PlanOptions(guarded, residentInputs, true, profiled);
  }

  /** With the first run profiled alone. */
  public PlanOptions withoutProfiler() {
    return new PlanOptions(guarded, residentInputs, residentOutputs, false);
  }
}
