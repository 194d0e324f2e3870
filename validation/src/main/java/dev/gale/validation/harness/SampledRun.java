package dev.gale.validation.harness;

import dev.gale.tasks.attention.Attention;
import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.Matmul;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.plan.Operator;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.softmax.Softmax;
import dev.gale.tasks.softmax.SoftmaxVariant;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.cases.SoftmaxCase;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Runs a case once as {@link Harness} does, over outputs that are filled with NaN and guarded, and judges the rows of
 * which there is a reference. The case's own buffers are read, and must be the same afterwards. All methods throw {@link
 * dev.gale.tasks.plan.DeviceFailedException} if the device fails, and {@link IllegalArgumentException} if the variant
 * can't run the case.
 */
public final class SampledRun {

  private SampledRun() {}

  /** C = A B. */
  public static Verdict run(
      Device device, MatmulVariant variant, MatmulCase matmul, SampledExpectation expectation) {
    GuardedBuffer c = new GuardedBuffer("c", matmul.shape().m() * matmul.shape().n());
    List<SealedInput> inputs =
        List.of(new SealedInput("a", matmul.a()), new SealedInput("b", matmul.b()));
    try (Matmul operator =
        new Matmul(
            device,
            variant,
            matmul.shape(),
            PlanOptions.GUARDED,
            matmul.a(),
            matmul.b(),
            c.buffer())) {
      return run(operator, inputs, List.of(c), expectation);
    }
  }

  /** Softmax by rows. */
  public static Verdict run(
      Device device, SoftmaxVariant variant, SoftmaxCase softmax, SampledExpectation expectation) {
    GuardedBuffer probabilities =
        new GuardedBuffer("probabilities", softmax.shape().rows() * softmax.shape().cols());
    List<SealedInput> inputs = List.of(new SealedInput("logits", softmax.logits()));
    try (Softmax operator =
        new Softmax(
            device,
            variant,
            softmax.shape(),
            PlanOptions.GUARDED,
            softmax.logits(),
            probabilities.buffer())) {
      return run(operator, inputs, List.of(probabilities), expectation);
    }
  }

  /** Attention. */
  public static Verdict run(
      Device device,
      AttentionVariant variant,
      AttentionCase attention,
      SampledExpectation expectation) {
    GuardedBuffer output = new GuardedBuffer("output", attention.shape().outputElements());
    GuardedBuffer lse = new GuardedBuffer("lse", attention.shape().lseElements());
    List<SealedInput> inputs =
        List.of(
            new SealedInput("queries", attention.queries()),
            new SealedInput("keys", attention.keys()),
            new SealedInput("values", attention.values()),
            new SealedInput("mask", attention.mask()));
    try (Attention operator =
        new Attention(
            device,
            variant,
            attention.shape(),
            attention.options(),
            PlanOptions.GUARDED,
            new AttentionBuffers(
                attention.queries(),
                attention.keys(),
                attention.values(),
                attention.mask(),
                output.buffer(),
                lse.buffer()))) {
      return run(operator, inputs, List.of(output, lse), expectation);
    }
  }

  private static Verdict run(
      Operator operator,
      List<SealedInput> inputs,
      List<GuardedBuffer> outputs,
      SampledExpectation expectation) {
    String where = operator.name() + " on " + operator.device().id();
    outputs.forEach(GuardedBuffer::prepare);
    operator.run();
    Verdict verdict =
        expectation.judge(
            where, outputs.stream().map(GuardedBuffer::buffer).toArray(FloatArray[]::new));
    for (GuardedBuffer output : outputs) {
      verdict = Judge.together(verdict, output.judgeGuard(where));
    }
    for (SealedInput input : inputs) {
      verdict = Judge.together(verdict, new Verdict(0, 0, 0, 0, input.complaint(where)));
    }
    return verdict;
  }
}
