package dev.gale.cli.work;

import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.Cost;
import dev.gale.tasks.plan.RunReport;
import dev.gale.validation.harness.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job done: what ran where, whether it is right, and what it took.
 *
 * @param device where it ran
 * @param variant how
 * @param reason why that variant
 * @param shape dimension names and sizes, in the order in which they are written
 * @param verdict of every element of every output of every run
 * @param weightsVerdict of the attention probabilities; null when they were not asked for
 * @param runs the reports of the runs, the first with compilation
 * @param cost the work of one run
 * @param bailout the value of {@code tornado.recover.bailout} in the worker: False, or TornadoVM could have run the
 *     kernel as plain Java and called it done
 * @param small outputs short enough to print, by name
 */
public record JobResult(
    DeviceInfo device,
    String variant,
    String reason,
    Map<String, Object> shape,
    Verdict verdict,
    @Nullable Verdict weightsVerdict,
    List<RunReport> runs,
    Cost cost,
    String bailout,
    Map<String, float[]> small) {

  /** Whether everything that was computed is right. */
  public boolean passed() {
    return verdict.passed() && (weightsVerdict == null || weightsVerdict.passed());
  }

  /** The measured runs: all but the first, which compiles. */
  public List<RunReport> measured() {
    return runs.subList(1, runs.size());
  }
}
