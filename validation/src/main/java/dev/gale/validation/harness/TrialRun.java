package dev.gale.validation.harness;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.Operator;
import dev.gale.tasks.plan.RunReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Runs an operator over guarded outputs and judges every run. */
final class TrialRun {

  private final Device device;
  private final Map<String, Object> shape;
  private final OptionalLong seed;
  private final List<? extends RunCheck> checks;
  private final List<GuardedOutput> outputs;

  TrialRun(
      Device device,
      Map<String, Object> shape,
      OptionalLong seed,
      List<? extends RunCheck> checks,
      List<GuardedOutput> outputs) {
    this.device = device;
    this.shape = shape;
    this.seed = seed;
    this.checks = checks;
    this.outputs = outputs;
  }

  /**
   * @param operator built over the outputs' buffers
   * @param repeats how often
   * @param progress told the number of runs done: 0 when the references are ready and the device begins, then after each
   */
  Trial run(Operator operator, int repeats, IntConsumer progress) {
    if (repeats < 1) {
      throw new IllegalArgumentException("repeats " + repeats + ", expected at least 1");
    }
    String where = operator.name() + " on " + device.id();
    List<RunReport> reports = new ArrayList<>();
    Verdict verdict = null;
    progress.accept(0);
    for (int run = 1; run <= repeats; run++) {
      outputs.forEach(GuardedOutput::prepare);
      reports.add(operator.run());
      String which = run == 1 ? where : where + ", run " + run;
      Verdict judged = judge(which);
      verdict = verdict == null ? judged : Judge.worst(verdict, judged);
      progress.accept(run);
    }
    Map<String, FloatArray> results = new LinkedHashMap<>();
    outputs.forEach(output -> results.put(output.name(), output.result()));
    return new Trial(
        operator.name(),
        device,
        operator.variant(),
        shape,
        withSeed(verdict),
        List.copyOf(reports),
        operator.cost(),
        results);
  }

  /** Takes a case's inputs, in the order of the copies. */
  static void load(List<InputCopy> inputs, FloatArray... sources) {
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).load(sources[i]);
    }
  }

  /** Each output with what it must hold, in order. */
  static List<GuardedOutput> outputs(List<GuardedBuffer> buffers, List<Expected> expected) {
    List<GuardedOutput> outputs = new ArrayList<>();
    for (int i = 0; i < buffers.size(); i++) {
      outputs.add(new GuardedOutput(buffers.get(i), expected.get(i)));
    }
    return outputs;
  }

  /**
   * @throws IllegalArgumentException if a case does not fit the operator that is to run it
   */
  static void requireSame(String what, Object actual, Object expected) {
    if (!actual.equals(expected)) {
      throw new IllegalArgumentException(what + ": " + actual + ", expected " + expected);
    }
  }

  private Verdict judge(String where) {
    Verdict verdict = new Verdict(0, 0, 0, 0, null);
    for (GuardedOutput output : outputs) {
      verdict = Judge.together(verdict, output.judge(where));
    }
    for (RunCheck check : checks) {
      verdict = Judge.together(verdict, new Verdict(0, 0, 0, 0, check.complaint(where)));
    }
    return verdict;
  }

  /** The same verdict, its complaint naming the seed. */
  Verdict withSeed(@Nullable Verdict verdict) {
    if (verdict == null) {
      throw new IllegalStateException("no run was judged");
    }
    String complaint = verdict.complaint();
    if (complaint == null || seed.isEmpty()) {
      return verdict;
    }
    return new Verdict(
        verdict.elements(),
        verdict.outside(),
        verdict.maxError(),
        verdict.maxBoundRatio(),
        complaint + "; seed " + seed.getAsLong());
  }
}
