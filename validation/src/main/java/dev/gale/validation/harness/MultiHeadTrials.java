package dev.gale.validation.harness;

import dev.gale.models.multihead.MultiHeadActivations;
import dev.gale.models.multihead.MultiHeadAttention;
import dev.gale.models.multihead.MultiHeadBuffers;
import dev.gale.models.multihead.MultiHeadOptions;
import dev.gale.models.multihead.MultiHeadShape;
import dev.gale.models.multihead.MultiHeadVariant;
import dev.gale.models.multihead.MultiHeadWeights;
import dev.gale.models.multihead.Projection;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.cases.MultiHeadCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One multi-head attention of one shape, one set of options and one set of weights on one device, compiled once, tried on
 * any number of cases.
 *
 * <p>Each case is judged twice. First a run whose activations come back: each step is judged on what it read, within the
 * bounds of that step alone. Then the runs that count, whose activations stay on the device: their output must be within
 * the bound of the whole layer, and be the same to the bit as that of the first run. Attention by vector kernels is not
 * the same to the bit: then the output must be within the bound of attention and output projection, of the first run's
 * queries, keys and values, which are.
 *
 * <p>The bound of the whole layer grows with each step and says little for large layers; judged step by step, an error
 * of one step is never hidden by what the steps before might have done (docs/numerics.md, "Multi-head attention").
 */
public final class MultiHeadTrials implements AutoCloseable {

  private final Device device;
  private final FloatModel model;
  private final MultiHeadCase first;
  private final InputCopy input;
  private final InputCopy memory;
  private final InputCopy mask;
  private final List<RunCheck> unchanged = new ArrayList<>();
  private final GuardedBuffer queries;
  private final GuardedBuffer keys;
  private final GuardedBuffer values;
  private final GuardedBuffer heads;
  private final GuardedBuffer judged;
  private final GuardedBuffer output;
  private final boolean reproducible;
  private final MultiHeadAttention exposed;
  private final MultiHeadAttention operator;

  /**
   * A run, judged step by step.
   *
   * @param heads what the attention had to be, of the queries, keys and values of that run
   */
  private record Steps(Verdict verdict, Expected heads) {}

  /**
   * @param device where it runs
   * @param variant how
   * @param first a case; those that are tried have its shape, its options and its weights
   */
  public MultiHeadTrials(Device device, MultiHeadVariant variant, MultiHeadCase first) {
    this.device = device;
    this.model = FloatModel.of(device.info(), variant);
    this.first = first;
    input = new InputCopy("input", first.input());
    memory = first.isSelf() ? input : new InputCopy("memory", first.memory());
    mask = new InputCopy("mask", first.mask());
    unchanged.addAll(List.of(input, memory, mask));
    unchanged.addAll(sealed(first.weights()));
    AttentionShape attention = first.shape().attention();
    queries = new GuardedBuffer("queries", attention.queriesElements());
    keys = new GuardedBuffer("keys", attention.keysElements());
    values = new GuardedBuffer("values", attention.valuesElements());
    heads = new GuardedBuffer("heads", attention.outputElements());
    judged = new GuardedBuffer("output", first.shape().outputElements());
    output = new GuardedBuffer("output", first.shape().outputElements());
    // The Vector API leaves the order of a sum over lanes to the JVM, interpreted or compiled.
    // Matmuls
    // have none.
    reproducible = variant.dialect() != Dialect.VECTOR;
    exposed =
        operator(
            variant,
            judged,
            new MultiHeadActivations(
                queries.buffer(), keys.buffer(), values.buffer(), heads.buffer()));
    operator = operator(variant, output, null);
  }

  /**
   * Runs a case; every step is judged, and the output as a whole.
   *
   * @param repeats how often, beside once for the steps
   * @param progress told the number of runs done: 0 when the device begins, then after each
   * @throws IllegalArgumentException if the case has another shape, other options or other weights
   * @throws dev.gale.tasks.plan.DeviceFailedException if the device fails
   */
  public Trial run(MultiHeadCase layer, int repeats, IntConsumer progress) {
    TrialRun.requireSame("shape", layer.shape(), first.shape());
    TrialRun.requireSame("options", layer.options(), first.options());
    TrialRun.requireSame("weights", layer.weights(), first.weights());
    TrialRun.requireSame("self", layer.isSelf(), first.isSelf());
    input.load(layer.input());
    memory.load(layer.memory());
    mask.load(layer.mask());
    MultiHeadSteps steps = new MultiHeadSteps(layer, model);
    List<Expected> expected = Expectations.of(layer, model, steps::ofInputs);
    progress.accept(0);
    Steps stepByStep = judgeSteps(steps, expected);
    GuardedOutput whole = new GuardedOutput(output, expected.getLast());
    List<RunCheck> checks = new ArrayList<>(unchanged);
    checks.add(
        reproducible
            ? new SameBits(whole, judged.result())
            : new WithinJudged(whole, steps.output(stepByStep.heads())));
    TrialRun run = new TrialRun(device, dimensions(layer), layer.seed(), checks, List.of(whole));
    Trial trial = run.run(operator, repeats, progress);
    return new Trial(
        trial.operator(),
        device,
        trial.variant(),
        trial.shape(),
        Judge.together(run.withSeed(stepByStep.verdict()), trial.verdict()),
        trial.runs(),
        trial.cost(),
        trial.outputs());
  }

  @Override
  public void close() {
    exposed.close();
    operator.close();
  }

  private Steps judgeSteps(MultiHeadSteps steps, List<Expected> expected) {
    Stream.of(queries, keys, values, heads, judged).forEach(GuardedBuffer::prepare);
    exposed.run();
    String where = "multihead on " + device.id() + ", step by step";
    Verdict verdict = queries.judge(where, expected.get(0));
    verdict = Judge.together(verdict, keys.judge(where, expected.get(1)));
    verdict = Judge.together(verdict, values.judge(where, expected.get(2)));
    Expected ofAttention = steps.heads(queries.buffer(), keys.buffer(), values.buffer());
    verdict = Judge.together(verdict, heads.judge(where, ofAttention));
    verdict = Judge.together(verdict, judged.judge(where, steps.output(heads.buffer())));
    for (RunCheck check : unchanged) {
      verdict = Judge.together(verdict, new Verdict(0, 0, 0, 0, check.complaint(where)));
    }
    return new Steps(verdict, ofAttention);
  }

  private MultiHeadAttention operator(
      MultiHeadVariant variant, GuardedBuffer result, @Nullable MultiHeadActivations activations) {
    return new MultiHeadAttention(
        device,
        variant,
        first.shape(),
        first.options(),
        PlanOptions.GUARDED,
        first.weights(),
        new MultiHeadBuffers(input.buffer(), memory.buffer(), mask.buffer(), result.buffer()),
        activations);
  }

  private static List<RunCheck> sealed(MultiHeadWeights weights) {
    List<RunCheck> sealed = new ArrayList<>();
    for (Projection projection : Projection.values()) {
      sealed.add(new SealedInput(projection.weightName(), weights.of(projection).weight()));
      FloatArray bias = weights.of(projection).bias();
      if (bias != null) {
        sealed.add(new SealedInput(projection.biasName(), bias));
      }
    }
    return sealed;
  }

  private static Map<String, Object> dimensions(MultiHeadCase layer) {
    MultiHeadShape shape = layer.shape();
    MultiHeadOptions options = layer.options();
    AttentionOptions attention = options.attention();
    Map<String, Object> dimensions = new LinkedHashMap<>();
    dimensions.put("batchSize", shape.batchSize());
    dimensions.put("seqLenQ", shape.seqLenQ());
    dimensions.put("seqLenK", shape.seqLenK());
    dimensions.put("modelDim", shape.modelDim());
    dimensions.put("memoryDim", shape.memoryDim());
    dimensions.put("numHeads", shape.numHeads());
    dimensions.put("numKvHeads", shape.numKvHeads());
    dimensions.put("headDim", shape.headDim());
    dimensions.put("headDimV", shape.headDimV());
    dimensions.put("self", layer.isSelf());
    dimensions.put("causal", attention.causal());
    dimensions.put("scale", attention.scale());
    dimensions.put("maskHeads", attention.maskHeads());
    dimensions.put("biases", options.biases().stream().sorted().map(Projection::biasName).toList());
    return dimensions;
  }
}
