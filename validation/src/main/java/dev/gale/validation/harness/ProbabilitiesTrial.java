package dev.gale.validation.harness;

import dev.gale.tasks.attention.AttentionProbabilities;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.Operator;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.bounds.ProbabilitiesBound;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.reference.ProbabilitiesReference;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Runs the probabilities of an attention from its lse. The error of the lse that is read counts in the bounds as it is: a
 * wrong lse is for the attention's own trial to reject.
 */
public final class ProbabilitiesTrial {

  private ProbabilitiesTrial() {}

  /** Builds an operator over buffers. */
  @FunctionalInterface
  public interface Factory {
    Operator build(
        FloatArray queries,
        FloatArray keys,
        FloatArray mask,
        FloatArray lse,
        FloatArray probabilities);
  }

  static Trial run(Device device, AttentionCase attention, FloatArray lse) {
    return run(
        device,
        attention,
        lse,
        (queries, keys, mask, lseCopy, probabilities) ->
            new AttentionProbabilities(
                device,
                attention.shape(),
                attention.options(),
                PlanOptions.GUARDED,
                queries,
                keys,
                mask,
                lseCopy,
                probabilities));
  }

  /**
   * Runs an operator of one's own for the probabilities, once.
   *
   * @param lse [batchSize, numHeads, seqLenQ], as the attention left it
   * @param factory builds the operator, for a guarded plan
   */
  public static Trial run(Device device, AttentionCase attention, FloatArray lse, Factory factory) {
    InputCopy queries = new InputCopy("queries", attention.queries());
    InputCopy keys = new InputCopy("keys", attention.keys());
    InputCopy mask = new InputCopy("mask", attention.mask());
    InputCopy lseCopy = new InputCopy("lse", lse);
    List<InputCopy> inputs = List.of(queries, keys, mask, lseCopy);
    TrialRun.load(inputs, attention.queries(), attention.keys(), attention.mask(), lse);
    GuardedOutput output =
        new GuardedOutput(expected(attention, lse, FloatModel.of(device.info())));
    try (Operator operator =
        factory.build(
            queries.buffer(), keys.buffer(), mask.buffer(), lseCopy.buffer(), output.buffer())) {
      return new TrialRun(
              device,
              AttentionTrials.dimensions(attention.shape(), attention.options()),
              attention.seed(),
              inputs,
              List.of(output))
          .run(operator, 1, run -> {});
    }
  }

  private static Expected expected(AttentionCase attention, FloatArray lse, FloatModel model) {
    AttentionShape shape = attention.shape();
    ProbabilitiesBound bound = new ProbabilitiesBound(attention, lse, model);
    ProbabilitiesReference reference = ProbabilitiesReference.of(attention, bound::add);
    return new Expected(
        "probabilities",
        List.of(shape.batchSize(), shape.numHeads(), shape.seqLenQ(), shape.seqLenK()),
        reference.probabilities(),
        bound.bounds());
  }
}
