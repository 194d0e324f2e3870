package dev.gale.validation.faults;

import dev.gale.kernels.attention.ProbabilitiesFromLse;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.validation.cases.AttentionCase;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link ProbabilitiesFromLse}, scheduled as {@code dev.gale.tasks.attention.AttentionProbabilities} does. */
public final class PlainProbabilities implements ProbabilitiesVariant {

  @Override
  public String id() {
    return "plain";
  }

  @Override
  public Dialect dialect() {
    return Dialect.LOOP;
  }

  @Override
  public void append(
      GraphBuilder graph,
      AttentionCase attention,
      FloatArray queries,
      FloatArray keys,
      FloatArray mask,
      FloatArray lse,
      FloatArray probabilities) {
    AttentionShape shape = attention.shape();
    AttentionOptions options = attention.options();
    graph
        .graph()
        .task(
            "probabilities",
            ProbabilitiesFromLse::probabilities,
            queries,
            keys,
            mask,
            lse,
            probabilities,
            shape.heads(),
            shape.groupSize(),
            shape.seqLenQ(),
            shape.seqLenK(),
            shape.headDim(),
            options.scale(),
            options.causal() ? 1 : 0,
            options.maskHeads());
  }
}
