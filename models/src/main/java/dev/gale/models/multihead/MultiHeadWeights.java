package dev.gale.models.multihead;

import dev.gale.models.linear.LinearWeights;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.shape.Shapes;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The weights of multi-head attention.
 *
 * @param query Wq [modelDim, numHeads x headDim], bq [numHeads x headDim]
 * @param key Wk [memoryDim, numKvHeads x headDim], bk [numKvHeads x headDim]
 * @param value Wv [memoryDim, numKvHeads x headDimV], bv [numKvHeads x headDimV]
 * @param output Wo [numHeads x headDimV, modelDim], bo [modelDim]
 */
public record MultiHeadWeights(
    LinearWeights query, LinearWeights key, LinearWeights value, LinearWeights output) {

  /**
   * Random weights, the same for the same seed: see {@link LinearWeights#random}.
   *
   * @param options which projections have a bias
   */
  public static MultiHeadWeights random(MultiHeadShape shape, MultiHeadOptions options, long seed) {
    Random random = new Random(seed);
    List<LinearWeights> weights =
        Stream.of(Projection.values())
            .map(projection -> random(shape.projection(projection), options, projection, random))
            .toList();
    return new MultiHeadWeights(weights.get(0), weights.get(1), weights.get(2), weights.get(3));
  }

  /** The weights of a projection. */
  public LinearWeights of(Projection projection) {
    return switch (projection) {
      case QUERY -> query;
      case KEY -> key;
      case VALUE -> value;
      case OUTPUT -> output;
    };
  }

  /** Every weight and every bias that is there; one that is used twice, once. */
  public Collection<FloatArray> arrays() {
    Set<FloatArray> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Projection projection : Projection.values()) {
      LinearWeights weights = of(projection);
      arrays.add(weights.weight());
      if (weights.bias() != null) {
        arrays.add(weights.bias());
      }
    }
    return arrays;
  }

  /**
   * @throws IllegalArgumentException if a weight or bias is not as long as the shape says, or a bias is there or missing
   *     against the options
   */
  void check(MultiHeadShape shape, MultiHeadOptions options) {
    for (Projection projection : Projection.values()) {
      LinearWeights weights = of(projection);
      Shapes.length(projection.weightName(), weights.weight(), 0, shape.weightFactors(projection));
      FloatArray bias = weights.bias();
      if ((bias != null) != options.hasBias(projection)) {
        throw new IllegalArgumentException(
            projection.biasName()
                + (bias == null ? ": none" : ": length " + bias.getSize())
                + ", expected "
                + (bias == null ? "one" : "none")
                + ", as the options name the biases "
                + options.biases());
      }
      if (bias != null) {
        Shapes.length(projection.biasName(), bias, 0, shape.biasFactors(projection));
      }
    }
  }

  private static LinearWeights random(
      MatmulShape shape, MultiHeadOptions options, Projection projection, Random random) {
    return LinearWeights.random(shape.k(), shape.n(), options.hasBias(projection), random);
  }
}
