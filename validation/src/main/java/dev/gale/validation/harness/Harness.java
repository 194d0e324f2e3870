package dev.gale.validation.harness;

import dev.gale.models.multihead.MultiHeadVariant;
import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.softmax.SoftmaxVariant;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.cases.MultiHeadCase;
import dev.gale.validation.cases.SoftmaxCase;
import java.util.function.IntConsumer;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Runs a case on a device and judges every element of every output of every run. Before each run the outputs are filled
 * with NaN; guards behind them and the headers before them show writes outside. A run counts as one only if the
 * profiler shows kernel time.
 *
 * <p>{@code repeats} is how often to run; the first run compiles. {@code progress} is told the number of runs done: 0
 * when the device begins, then after each. All methods throw {@link dev.gale.tasks.plan.DeviceFailedException} if the
 * device fails, and {@link IllegalArgumentException} if the variant can't run the case.
 */
public final class Harness {

  private Harness() {}

  /** C = A B. */
  public static Trial run(Device device, MatmulVariant variant, MatmulCase matmul, int repeats) {
    return run(device, variant, matmul, repeats, Harness::silent);
  }

  /** C = A B, with progress. */
  public static Trial run(
      Device device, MatmulVariant variant, MatmulCase matmul, int repeats, IntConsumer progress) {
    try (MatmulTrials trials = new MatmulTrials(device, variant, matmul)) {
      return trials.run(matmul, repeats, progress);
    }
  }

  /** Softmax by rows. */
  public static Trial run(Device device, SoftmaxVariant variant, SoftmaxCase softmax, int repeats) {
    return run(device, variant, softmax, repeats, Harness::silent);
  }

  /** Softmax by rows, with progress. */
  public static Trial run(
      Device device,
      SoftmaxVariant variant,
      SoftmaxCase softmax,
      int repeats,
      IntConsumer progress) {
    try (SoftmaxTrials trials = new SoftmaxTrials(device, variant, softmax)) {
      return trials.run(softmax, repeats, progress);
    }
  }

  /** Attention; output and lse are judged. */
  public static Trial run(
      Device device, AttentionVariant variant, AttentionCase attention, int repeats) {
    return run(device, variant, attention, repeats, Harness::silent);
  }

  /** Attention, with progress. */
  public static Trial run(
      Device device,
      AttentionVariant variant,
      AttentionCase attention,
      int repeats,
      IntConsumer progress) {
    try (AttentionTrials trials = new AttentionTrials(device, variant, attention)) {
      return trials.run(attention, repeats, progress);
    }
  }

  /**
   * Multi-head attention; every step is judged on what it read, and the output as a whole. Runs once more than {@code
   * repeats}, for the steps.
   */
  public static Trial run(
      Device device, MultiHeadVariant variant, MultiHeadCase layer, int repeats) {
    return run(device, variant, layer, repeats, Harness::silent);
  }

  /** Multi-head attention, with progress. */
  public static Trial run(
      Device device,
      MultiHeadVariant variant,
      MultiHeadCase layer,
      int repeats,
      IntConsumer progress) {
    try (MultiHeadTrials trials = new MultiHeadTrials(device, variant, layer)) {
      return trials.run(layer, repeats, progress);
    }
  }

  /**
   * The probabilities of an attention that has run, once.
   *
   * @param lse [batchSize, numHeads, seqLenQ], as the attention left it
   */
  public static Trial probabilities(Device device, AttentionCase attention, FloatArray lse) {
    return ProbabilitiesTrial.run(device, attention, lse);
  }

  private static void silent(int runs) {}
}
