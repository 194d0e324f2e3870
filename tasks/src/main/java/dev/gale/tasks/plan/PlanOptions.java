package dev.gale.tasks.plan;

/**
 * How a plan treats its buffers.
 *
 * @param guarded outputs carry {@link #GUARD_ELEMENTS} extra elements behind their last one, and are copied to the
 *     device before each run: what the caller filled them with is then what a kernel leaves where it does not write,
 *     and a write behind the end is seen; intermediates carry the guard too and are filled with NaN when the plan is
 *     built
 * @param residentInputs inputs are copied to the device by the first run only; later changes of them are not seen
 * @param exposedIntermediates intermediates travel both ways at every run, as guarded outputs do, so that each step of
 *     a graph can be judged on what it really read
 */
public record PlanOptions(boolean guarded, boolean residentInputs, boolean exposedIntermediates) {

  /** Elements behind a guarded output. */
  public static final int GUARD_ELEMENTS = 64;

  /** Inputs travel at every run, outputs are as long as the shape says. */
  public static final PlanOptions DEFAULT = new PlanOptions(false, false, false);

  /** For validation. */
  public static final PlanOptions GUARDED = new PlanOptions(true, false, false);

  /** The length a buffer of an output with that many elements must have. */
  public long outputLength(long elements) {
    return guarded ? elements + GUARD_ELEMENTS : elements;
  }

  public PlanOptions withResidentInputs() {
    return new PlanOptions(guarded, true, exposedIntermediates);
  }

  public PlanOptions withExposedIntermediates() {
    return new PlanOptions(guarded, residentInputs, true);
  }
}
