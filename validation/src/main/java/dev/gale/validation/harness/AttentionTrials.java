package dev.gale.validation.harness;

import dev.gale.tasks.attention.Attention;
import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.validation.bounds.AttentionBound;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.reference.AttentionOperands;
import dev.gale.validation.reference.AttentionReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** One attention of one shape and one set of options on one device, compiled once, tried on any number of cases. */
public final class AttentionTrials implements AutoCloseable {

  private final FloatModel model;
  private final AttentionShape shape;
  private final AttentionOptions options;
  private final Map<String, Object> dimensions;
  private final List<InputCopy> inputs;
  private final List<GuardedBuffer> outputs;
  private final Attention operator;

  /**
   * @param device where it runs
   * @param variant how
   * @param first a case; those that are tried have its shape and its options
   */
  public AttentionTrials(Device device, AttentionVariant variant, AttentionCase first) {
    model = FloatModel.of(device.info(), variant);
    shape = first.shape();
    options = first.options();
    dimensions = dimensions(shape, options);
    InputCopy queries = new InputCopy("queries", first.queries());
    InputCopy keys = new InputCopy("keys", first.keys());
    InputCopy values = new InputCopy("values", first.values());
    InputCopy mask = new InputCopy("mask", first.mask());
    GuardedBuffer output = new GuardedBuffer("output", shape.outputElements());
    GuardedBuffer lse = new GuardedBuffer("lse", shape.lseElements());
    AttentionBuffers buffers =
        new AttentionBuffers(
            queries.buffer(),
            keys.buffer(),
            values.buffer(),
            mask.buffer(),
            output.buffer(),
            lse.buffer());
    inputs = List.of(queries, keys, values, mask);
    outputs = List.of(output, lse);
    operator = new Attention(device, variant, shape, options, PlanOptions.GUARDED, buffers);
  }

  /**
   * Runs a case; output and lse are judged.
   *
   * @param repeats how often
   * @param progress told the number of runs done, after each
   * @throws IllegalArgumentException if the case has another shape or other options
   * @throws dev.gale.tasks.plan.DeviceFailedException if the device fails
   */
  public Trial run(AttentionCase attention, int repeats, IntConsumer progress) {
    TrialRun.requireSame("shape", attention.shape(), shape);
    TrialRun.requireSame("options", attention.options(), options);
    TrialRun.load(
        inputs, attention.queries(), attention.keys(), attention.values(), attention.mask());
    List<Expected> expected = Expectations.of(attention, model, () -> expected(attention, model));
    return new TrialRun(
            operator.device(),
            dimensions,
            attention.seed(),
            inputs,
            TrialRun.outputs(outputs, expected))
        .run(operator, repeats, progress);
  }

  /** What output and lse must be, by an arithmetic. */
  public static List<Expected> expected(AttentionCase attention, FloatModel model) {
    return expected(AttentionOperands.of(attention), model);
  }

  /** What output and lse must be for operands that may have errors of their own. */
  static List<Expected> expected(AttentionOperands attention, FloatModel model) {
    AttentionShape shape = attention.shape();
    AttentionBound bound = new AttentionBound(shape, attention.options(), model);
    AttentionReference reference = AttentionReference.of(attention, bound::add);
    List<Integer> rows = List.of(shape.batchSize(), shape.numHeads(), shape.seqLenQ());
    List<Integer> elements =
        List.of(shape.batchSize(), shape.numHeads(), shape.seqLenQ(), shape.headDimV());
    return List.of(
        new Expected("output", elements, reference.output(), bound.output()),
        new Expected("lse", rows, reference.lse(), bound.lse()));
  }

  @Override
  public void close() {
    operator.close();
  }

  /** Dimensions and options, by name, in the order in which they are written. */
  static Map<String, Object> dimensions(AttentionShape shape, AttentionOptions options) {
    Map<String, Object> dimensions = new LinkedHashMap<>();
    dimensions.put("batchSize", shape.batchSize());
    dimensions.put("numHeads", shape.numHeads());
    dimensions.put("numKvHeads", shape.numKvHeads());
    dimensions.put("seqLenQ", shape.seqLenQ());
    dimensions.put("seqLenK", shape.seqLenK());
    dimensions.put("headDim", shape.headDim());
    dimensions.put("headDimV", shape.headDimV());
    dimensions.put("causal", options.causal());
    dimensions.put("scale", options.scale());
    dimensions.put("maskHeads", options.maskHeads());
    return dimensions;
  }
}
