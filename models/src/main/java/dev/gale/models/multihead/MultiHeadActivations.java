package dev.gale.models.multihead;

import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.shape.Shapes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What passes between the steps of multi-head attention. In a layer they are intermediates, which stay on the device;
 * given to {@link MultiHeadAttention} they are outputs, so that each step can be judged on what it read.
 *
 * @param queries [batchSize, numHeads, seqLenQ, headDim]
 * @param keys [batchSize, numKvHeads, seqLenK, headDim]
 * @param values [batchSize, numKvHeads, seqLenK, headDimV]
 * @param heads [batchSize, numHeads, seqLenQ, headDimV]: the output of the attention, head by head
 */
public record MultiHeadActivations(
    FloatArray queries, FloatArray keys, FloatArray values, FloatArray heads) {

  /** Intermediates of a graph. */
  public static MultiHeadActivations in(GraphBuilder graph, MultiHeadShape shape) {
    AttentionShape attention = shape.attention();
    return new MultiHeadActivations(
        graph.intermediate(attention.queriesElements()),
        graph.intermediate(attention.keysElements()),
        graph.intermediate(attention.valuesElements()),
        graph.intermediate(attention.outputElements()));
  }

  /**
   * @throws IllegalArgumentException if one is not as long as the shape and the plan say
   */
  void check(MultiHeadShape shape, PlanOptions plan) {
    AttentionShape attention = shape.attention();
    length("queries", queries, attention.queriesElements(), plan);
    length("keys", keys, attention.keysElements(), plan);
    length("values", values, attention.valuesElements(), plan);
    length("heads", heads, attention.outputElements(), plan);
  }

  private static void length(String name, FloatArray array, int elements, PlanOptions plan) {
    Shapes.length(name, array, plan.outputLength(0), "elements", elements);
  }
}
