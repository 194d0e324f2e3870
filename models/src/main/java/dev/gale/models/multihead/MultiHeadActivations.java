package dev.gale.models.multihead;

import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.plan.GraphBuilder;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What passes between the steps of multi-head attention. It stays on the device, unless the plan exposes its
 * intermediates: then each step can be judged on what it read.
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
}
