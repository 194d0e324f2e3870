package dev.gale.tasks.attention;

import dev.gale.kernels.attention.ProbabilitiesFromLse;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.Cost;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.plan.Operator;
import dev.gale.tasks.plan.Plan;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.plan.RunReport;
import dev.gale.tasks.shape.Shapes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The probabilities [batchSize, numHeads, seqLenQ, seqLenK] of an attention that has run, from the lse that it left:
 * exp(scale queries keys^T + mask - lse), 0 where a query does not see a key.
 *
 * <pre>queries, keys, mask, lse -> [probabilities] -> probabilities</pre>
 *
 * <p>Every run copies queries, keys, mask and lse in (with resident inputs, the first only) and the probabilities out. The
 * buffers stay the caller's.
 */
public final class AttentionProbabilities implements Operator {

  private final AttentionShape shape;
  private final AttentionOptions options;
  private final Plan plan;

  /**
   * @param device where it runs
   * @param shape the attention's shape; headDimV is of no account
   * @param options the attention's scale, causality and mask
   * @param planOptions how the buffers are treated
   * @param queries [batchSize, numHeads, seqLenQ, headDim], read
   * @param keys [batchSize, numKvHeads, seqLenK, headDim], read
   * @param mask [maskHeads, seqLenQ, seqLenK], read; one element, unread, without a mask
   * @param lse [batchSize, numHeads, seqLenQ], read, as the attention left it
   * @param probabilities [batchSize, numHeads, seqLenQ, seqLenK], written; longer by the guard in a guarded plan
   * @throws IllegalArgumentException if a buffer is not as long as the shape and the options say, maskHeads does not fit
   *     the shape, the probabilities are too many to index with 32 bits, or they are written over what is read
   */
  public AttentionProbabilities(
      Device device,
      AttentionShape shape,
      AttentionOptions options,
      PlanOptions planOptions,
      FloatArray queries,
      FloatArray keys,
      FloatArray mask,
      FloatArray lse,
      FloatArray probabilities) {
    Shapes.length("queries", queries, 0, shape.queriesFactors());
    Shapes.length("keys", keys, 0, shape.keysFactors());
    AttentionChecks.mask(shape, options, mask);
    Shapes.length("lse", lse, 0, shape.lseFactors());
    Shapes.length(
        "probabilities", probabilities, planOptions.outputLength(0), shape.scoresFactors());
    Shapes.ofItsOwn("probabilities", probabilities, queries, keys, mask, lse);
    this.shape = shape;
    this.options = options;
    GraphBuilder graph =
        new GraphBuilder("probabilities", device, planOptions)
            .inputs(queries, keys, mask, lse)
            .outputs(probabilities);
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
    this.plan = graph.build();
  }

  @Override
  public String name() {
    return "probabilities";
  }

  /** There is one only. */
  @Override
  public String variant() {
    return "plain";
  }

  @Override
  public Device device() {
    return plan.device();
  }

  /** 2 headDim FLOP a visible pair; queries, keys, lse and probabilities once each, 4 bytes an element. */
  @Override
  public Cost cost() {
    long products = 2L * shape.heads() * shape.visiblePairs(options) * shape.headDim();
    long elements =
        (long) shape.queriesElements()
            + shape.keysElements()
            + shape.lseElements()
            + shape.scoresElements();
    return new Cost(products, Float.BYTES * elements);
  }

  @Override
  public RunReport run() {
    return plan.run();
  }

  @Override
  public RunReport runProfiled() {
    return plan.runProfiled();
  }

  @Override
  public void fetch() {
    plan.fetch();
  }

  @Override
  public void close() {
    plan.close();
  }
}
