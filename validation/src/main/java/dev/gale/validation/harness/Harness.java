package dev.gale.validation.harness;

import dev.gale.models.multihead.MultiHeadVariant;
import dev.gale.tasks.attention.Attention;
import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.Matmul;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.softmax.Softmax;
import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.tasks.softmax.SoftmaxVariant;
import dev.gale.validation.bounds.AttentionBound;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.bounds.MatmulBound;
import dev.gale.validation.bounds.SoftmaxBound;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.cases.MultiHeadCase;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.reference.AttentionOperands;
import dev.gale.validation.reference.AttentionReference;
import dev.gale.validation.reference.MatmulReference;
import dev.gale.validation.reference.SoftmaxReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Runs a case on a device and judges every element of every output of every run. Before each run the outputs are filled
 * with NaN; guards behind them and the headers before them show writes outside. A run counts as one only if the
 * profiler shows kernel time.
 */
public final class Harness {

  private static final IntConsumer SILENT = run -> {};

  private Harness() {}

  /**
   * C = A B.
   *
   * @param repeats how often to run; the first run compiles
   * @throws dev.gale.tasks.plan.DeviceFailedException if the device fails
   */
  public static Trial run(Device device, MatmulVariant variant, MatmulCase matmul, int repeats) {
    return run(device, variant, matmul, repeats, SILENT);
  }

  /** The same, telling how many runs are done: 0 when the device begins, then after each. */
  public static Trial run(
      Device device, MatmulVariant variant, MatmulCase matmul, int repeats, IntConsumer progress) {
    FloatModel model = FloatModel.of(device.info());
    GuardedOutput c =
        new GuardedOutput(
            Expectations.of(matmul, model, () -> List.of(expected(matmul, model))).getFirst());
    List<SealedInput> inputs =
        List.of(new SealedInput("a", matmul.a()), new SealedInput("b", matmul.b()));
    MatmulShape shape = matmul.shape();
    TrialRun trial =
        new TrialRun(
            device,
            named("m", shape.m(), "n", shape.n(), "k", shape.k()),
            matmul.seed(),
            inputs,
            List.of(c));
    try (Matmul operator =
        new Matmul(
            device, variant, shape, PlanOptions.GUARDED, matmul.a(), matmul.b(), c.buffer())) {
      return trial.run(operator, repeats, progress);
    }
  }

  /** What C must be, by an arithmetic. */
  public static Expected expected(MatmulCase matmul, FloatModel model) {
    MatmulReference reference = MatmulReference.of(matmul);
    return new Expected(
        "c",
        List.of(matmul.shape().m(), matmul.shape().n()),
        reference.product(),
        MatmulBound.of(matmul, reference, model));
  }

  /**
   * Softmax by rows.
   *
   * @param repeats how often to run; the first run compiles
   * @throws dev.gale.tasks.plan.DeviceFailedException if the device fails
   */
  public static Trial run(Device device, SoftmaxVariant variant, SoftmaxCase softmax, int repeats) {
    return run(device, variant, softmax, repeats, SILENT);
  }

  /** The same, telling how many runs are done: 0 when the device begins, then after each. */
  public static Trial run(
      Device device,
      SoftmaxVariant variant,
      SoftmaxCase softmax,
      int repeats,
      IntConsumer progress) {
    FloatModel model = FloatModel.of(device.info());
    GuardedOutput probabilities =
        new GuardedOutput(
            Expectations.of(softmax, model, () -> List.of(expected(softmax, model))).getFirst());
    SoftmaxShape shape = softmax.shape();
    TrialRun trial =
        new TrialRun(
            device,
            named("rows", shape.rows(), "cols", shape.cols()),
            softmax.seed(),
            List.of(new SealedInput("logits", softmax.logits())),
            List.of(probabilities));
    try (Softmax operator =
        new Softmax(
            device,
            variant,
            shape,
            PlanOptions.GUARDED,
            softmax.logits(),
            probabilities.buffer())) {
      return trial.run(operator, repeats, progress);
    }
  }

  /** What the probabilities must be, by an arithmetic. */
  public static Expected expected(SoftmaxCase softmax, FloatModel model) {
    SoftmaxReference reference = SoftmaxReference.of(softmax);
    return new Expected(
        "probabilities",
        List.of(softmax.shape().rows(), softmax.shape().cols()),
        reference.probabilities(),
        SoftmaxBound.of(softmax, reference, model));
  }

  /**
   * Attention; output and lse are judged.
   *
   * @param repeats how often to run; the first run compiles
   * @throws dev.gale.tasks.plan.DeviceFailedException if the device fails
   */
  public static Trial run(
      Device device, AttentionVariant variant, AttentionCase attention, int repeats) {
    return run(device, variant, attention, repeats, SILENT);
  }

  /** The same, telling how many runs are done: 0 when the device begins, then after each. */
  public static Trial run(
      Device device,
      AttentionVariant variant,
      AttentionCase attention,
      int repeats,
      IntConsumer progress) {
    FloatModel model = FloatModel.of(device.info());
    List<Expected> expected = Expectations.of(attention, model, () -> expected(attention, model));
    GuardedOutput output = new GuardedOutput(expected.getFirst());
    GuardedOutput lse = new GuardedOutput(expected.getLast());
    AttentionBuffers buffers =
        new AttentionBuffers(
            attention.queries(),
            attention.keys(),
            attention.values(),
            attention.mask(),
            output.buffer(),
            lse.buffer());
    TrialRun trial =
        new TrialRun(
            device,
            named(attention),
            attention.seed(),
            List.of(
                new SealedInput("queries", attention.queries()),
                new SealedInput("keys", attention.keys()),
                new SealedInput("values", attention.values()),
                new SealedInput("mask", attention.mask())),
            List.of(output, lse));
    try (Attention operator =
        new Attention(
            device,
            variant,
            attention.shape(),
            attention.options(),
            PlanOptions.GUARDED,
            buffers)) {
      return trial.run(operator, repeats, progress);
    }
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

  /**
   * Multi-head attention; every step is judged on what it read, and the output as a whole.
   *
   * @param repeats how often to run, beside once for the steps; the first run compiles
   * @throws dev.gale.tasks.plan.DeviceFailedException if the device fails
   */
  public static Trial run(
      Device device, MultiHeadVariant variant, MultiHeadCase layer, int repeats) {
    return run(device, variant, layer, repeats, SILENT);
  }

  /** The same, telling how many runs are done. */
  public static Trial run(
      Device device,
      MultiHeadVariant variant,
      MultiHeadCase layer,
      int repeats,
      IntConsumer progress) {
    return new MultiHeadTrial(device, variant, layer).run(repeats, progress);
  }

  private static Map<String, Object> named(AttentionCase attention) {
    AttentionShape shape = attention.shape();
    AttentionOptions options = attention.options();
    return named(
        "batchSize",
        shape.batchSize(),
        "numHeads",
        shape.numHeads(),
        "numKvHeads",
        shape.numKvHeads(),
        "seqLenQ",
        shape.seqLenQ(),
        "seqLenK",
        shape.seqLenK(),
        "headDim",
        shape.headDim(),
        "headDimV",
        shape.headDimV(),
        "causal",
        options.causal(),
        "scale",
        options.scale(),
        "maskHeads",
        options.maskHeads());
  }

  private static Map<String, Object> named(Object... namesAndSizes) {
    Map<String, Object> shape = new LinkedHashMap<>();
    for (int i = 0; i < namesAndSizes.length; i += 2) {
      shape.put((String) namesAndSizes[i], namesAndSizes[i + 1]);
    }
    return shape;
  }
}
