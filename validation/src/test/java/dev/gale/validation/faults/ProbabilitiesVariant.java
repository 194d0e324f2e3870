package dev.gale.validation.faults;

import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.plan.Variant;
import dev.gale.validation.cases.AttentionCase;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One way to compute the probabilities of an attention from its lse. There is only one, and {@code
 * dev.gale.tasks.attention.AttentionProbabilities} schedules it without a variant.
 */
public interface ProbabilitiesVariant extends Variant {

  void append(
      GraphBuilder graph,
      AttentionCase attention,
      FloatArray queries,
      FloatArray keys,
      FloatArray mask,
      FloatArray lse,
      FloatArray probabilities);
}
