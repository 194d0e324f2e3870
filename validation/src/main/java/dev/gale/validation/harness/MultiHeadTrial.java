package dev.gale.validation.harness;

import dev.gale.models.multihead.MultiHeadActivations;
import dev.gale.models.multihead.MultiHeadAttention;
import dev.gale.models.multihead.MultiHeadBuffers;
import dev.gale.models.multihead.MultiHeadShape;
import dev.gale.models.multihead.MultiHeadVariant;
import dev.gale.models.multihead.Projection;
import dev.gale.tasks.attention.AttentionOptions;
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
 * Runs multi-head attention and judges it twice. First a run whose activations come back: each step is judged on what it
 * read, within the bounds of that step alone. Then the runs that count, whose activations stay on the device: their
 * output must be within the bound of the whole layer, and be the same to the bit as that of the first run.
 *
 * <p>The bound of the whole layer grows with each step and says little for large layers; judged step by step, an error
 * of one step is never hidden by what the steps before might have done (docs/numerics.md, "Multi-head attention").
 */
final class MultiHeadTrial {

  private final Device device;
  private final MultiHeadVariant variant;
  private final MultiHeadCase layer;
  private final MultiHeadSteps steps;
  private final List<Expected> expected;
  private final List<SealedInput> inputs;

  MultiHeadTrial(Device device, MultiHeadVariant variant, MultiHeadCase layer) {
    FloatModel model = FloatModel.of(device.info(), variant.dialect());
    this.device = device;
    this.variant = variant;
    this.layer = layer;
    this.steps = new MultiHeadSteps(layer, model);
    this.expected = Expectations.of(layer, model, steps::ofInputs);
    this.inputs = inputs(layer);
  }

  Trial run(int repeats, IntConsumer progress) {
    GuardedBuffer judged = new GuardedBuffer("output", layer.shape().outputElements());
    // None is done, and the device goes to work.
    progress.accept(0);
    Verdict stepVerdict = judgeSteps(judged);
    GuardedOutput output = new GuardedOutput(expected.getLast());
    List<RunCheck> checks = new ArrayList<>(inputs);
    if (variant.dialect() != Dialect.VECTOR) {
      // The Vector API's elementary functions may differ between interpreted and compiled code.
      checks.add(new SameBits(output, judged.result()));
    }
    TrialRun run = new TrialRun(device, named(layer), layer.seed(), checks, List.of(output));
    Trial trial;
    try (MultiHeadAttention operator = operator(output.guarded(), null)) {
      trial = run.run(operator, repeats, progress);
    }
    Verdict verdict = Judge.together(run.withSeed(stepVerdict), trial.verdict());
    return new Trial(
        trial.operator(),
        device,
        trial.variant(),
        trial.shape(),
        verdict,
        trial.runs(),
        trial.cost(),
        trial.outputs());
  }

  private Verdict judgeSteps(GuardedBuffer output) {
    GuardedOutput queries = new GuardedOutput(expected.get(0));
    GuardedOutput keys = new GuardedOutput(expected.get(1));
    GuardedOutput values = new GuardedOutput(expected.get(2));
    GuardedBuffer heads = new GuardedBuffer("heads", layer.shape().attention().outputElements());
    Stream.of(queries, keys, values).forEach(GuardedOutput::prepare);
    Stream.of(heads, output).forEach(GuardedBuffer::prepare);
    MultiHeadActivations activations =
        new MultiHeadActivations(queries.buffer(), keys.buffer(), values.buffer(), heads.buffer());
    try (MultiHeadAttention operator = operator(output, activations)) {
      operator.run();
    }
    String where = "multihead on " + device.id() + ", step by step";
    Verdict verdict = queries.judge(where);
    verdict = Judge.together(verdict, keys.judge(where));
    verdict = Judge.together(verdict, values.judge(where));
    Expected ofAttention = steps.heads(queries.buffer(), keys.buffer(), values.buffer());
    verdict = Judge.together(verdict, heads.judge(where, ofAttention));
    verdict = Judge.together(verdict, output.judge(where, steps.output(heads.buffer())));
    for (SealedInput input : inputs) {
      verdict = Judge.together(verdict, new Verdict(0, 0, 0, 0, input.complaint(where)));
    }
    return verdict;
  }

  private MultiHeadAttention operator(
      GuardedBuffer output, @Nullable MultiHeadActivations activations) {
    return new MultiHeadAttention(
        device,
        variant,
        layer.shape(),
        layer.options(),
        PlanOptions.GUARDED,
        layer.weights(),
        new MultiHeadBuffers(layer.input(), layer.memory(), layer.mask(), output.buffer()),
        activations);
  }

  private static List<SealedInput> inputs(MultiHeadCase layer) {
    List<SealedInput> inputs = new ArrayList<>();
    inputs.add(new SealedInput("input", layer.input()));
    inputs.add(new SealedInput("memory", layer.memory()));
    inputs.add(new SealedInput("mask", layer.mask()));
    for (Projection projection : Projection.values()) {
      inputs.add(new SealedInput(projection.weightName(), layer.weights().of(projection).weight()));
      FloatArray bias = layer.weights().of(projection).bias();
      if (bias != null) {
        inputs.add(new SealedInput(projection.biasName(), bias));
      }
    }
    return inputs;
  }

  private static Map<String, Object> named(MultiHeadCase layer) {
    MultiHeadShape shape = layer.shape();
    AttentionOptions attention = layer.options().attention();
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("batchSize", shape.batchSize());
    named.put("seqLenQ", shape.seqLenQ());
    named.put("seqLenK", shape.seqLenK());
    named.put("modelDim", shape.modelDim());
    named.put("memoryDim", shape.memoryDim());
    named.put("numHeads", shape.numHeads());
    named.put("numKvHeads", shape.numKvHeads());
    named.put("headDim", shape.headDim());
    named.put("headDimV", shape.headDimV());
    named.put("self", layer.isSelf());
    named.put("causal", attention.causal());
    named.put("scale", attention.scale());
    named.put("maskHeads", attention.maskHeads());
    named.put(
        "biases", layer.options().biases().stream().sorted().map(Projection::biasName).toList());
    return named;
  }
}
