package dev.gale.validation.harness;

import dev.gale.models.linear.LinearWeights;
import dev.gale.models.multihead.MultiHeadShape;
import dev.gale.models.multihead.Projection;
import dev.gale.tasks.layout.HeadsShape;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.bounds.LinearBound;
import dev.gale.validation.cases.MultiHeadCase;
import dev.gale.validation.reference.AttentionOperands;
import dev.gale.validation.reference.HeadOrder;
import dev.gale.validation.reference.LinearReference;
import dev.gale.validation.reference.Operand;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What each step of multi-head attention must be, from what it reads: inputs, what a device computed, or, for the whole
 * layer, what the steps before must be. Then their bounds are errors of what it reads (docs/numerics.md, "Multi-head
 * attention").
 */
final class MultiHeadSteps {

  private final MultiHeadCase layer;
  private final FloatModel model;

  MultiHeadSteps(MultiHeadCase layer, FloatModel model) {
    this.layer = layer;
    this.model = model;
  }

  /** Queries, keys, values and, by way of them, the output. */
  List<Expected> ofInputs() {
    Expected queries = projected("queries", Projection.QUERY, layer.input());
    Expected keys = projected("keys", Projection.KEY, layer.memory());
    Expected values = projected("values", Projection.VALUE, layer.memory());
    Expected heads = heads(operand(queries), operand(keys), operand(values));
    return List.of(queries, keys, values, output(heads));
  }

  /** The output of the attention, head by head, of what a device computed. */
  Expected heads(FloatArray queries, FloatArray keys, FloatArray values) {
    return heads(Operand.exact(queries), Operand.exact(keys), Operand.exact(values));
  }

  /** The output of the layer, of what a device's attention computed. */
  Expected output(FloatArray heads) {
    HeadOrder order = new HeadOrder(layer.shape().heads(Projection.OUTPUT));
    FloatArray merged = new FloatArray(order.shape().elements());
    for (int at = 0; at < merged.getSize(); at++) {
      merged.set(order.tokenMajor(at), heads.get(at));
    }
    return output(Operand.exact(merged));
  }

  /** The output of the layer, of whatever an attention may compute. */
  Expected output(Expected heads) {
    HeadOrder order = new HeadOrder(layer.shape().heads(Projection.OUTPUT));
    double[] merged = order.merge(heads.reference());
    double[] errors = order.merge(heads.bounds());
    Expected output = output(Operand.computed(merged, errors));
    allowAnySpecial(output, merged, errors);
    return output;
  }

  private Expected heads(Operand queries, Operand keys, Operand values) {
    AttentionOperands operands =
        new AttentionOperands(
            layer.shape().attention(),
            layer.options().attention(),
            queries,
            keys,
            values,
            layer.mask());
    Expected output = AttentionTrials.expected(operands, model).getFirst();
    return new Expected("heads", output.dims(), output.reference(), output.bounds());
  }

  private Expected output(Operand merged) {
    MultiHeadShape shape = layer.shape();
    return linear(
        "output",
        List.of(shape.batchSize(), shape.seqLenQ(), shape.modelDim()),
        Projection.OUTPUT,
        merged);
  }

  /** Where a head may be any value that is not finite, so may all that is made of it. */
  private void allowAnySpecial(Expected output, double[] merged, double[] errors) {
    MatmulShape shape = layer.shape().projection(Projection.OUTPUT);
    for (int at = 0; at < merged.length; at++) {
      if (errors[at] == Double.POSITIVE_INFINITY && !Double.isFinite(merged[at])) {
        int row = at / shape.k() * shape.n();
        Arrays.fill(output.bounds(), row, row + shape.n(), Double.POSITIVE_INFINITY);
      }
    }
  }

  private static Operand operand(Expected expected) {
    return Operand.computed(expected.reference(), expected.bounds());
  }

  private Expected projected(String name, Projection projection, FloatArray tokens) {
    HeadsShape heads = layer.shape().heads(projection);
    MatmulShape shape = layer.shape().projection(projection);
    Expected projected =
        linear(name, List.of(shape.m(), shape.n()), projection, Operand.exact(tokens));
    HeadOrder order = new HeadOrder(heads);
    return new Expected(
        name,
        List.of(heads.batchSize(), heads.numHeads(), heads.seqLen(), heads.headDim()),
        order.split(projected.reference()),
        order.split(projected.bounds()));
  }

  private Expected linear(String name, List<Integer> dims, Projection projection, Operand x) {
    MatmulShape shape = layer.shape().projection(projection);
    LinearWeights weights = layer.weights().of(projection);
    LinearReference reference = LinearReference.of(shape, x, weights);
    double[] bounds = LinearBound.of(shape, x, weights, reference, model);
    return new Expected(name, dims, reference.result(), bounds);
  }
}
