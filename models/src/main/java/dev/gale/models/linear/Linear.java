package dev.gale.models.linear;

import dev.gale.tasks.elementwise.BiasAdd;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.plan.GraphBuilder;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The linear layer y = x W + b as part of a graph.
 *
 * <pre>x, W -> [matmul] -> y; y, b -> [bias] -> y</pre>
 */
public final class Linear {

  private Linear() {}

  /**
   * Adds the tasks of one linear layer: the multiplication and, if there is a bias, the addition in place. The buffers
   * are already declared to the graph, and checked.
   *
   * @param graph the graph under construction
   * @param task prefix of the task names, unique in the graph
   * @param matmul how to multiply
   * @param shape m rows of x and y, n outputDim, k inputDim
   * @param weights W [k, n] and perhaps b [n], read
   * @param x [m, k], read
   * @param y [m, n], written
   */
  public static void append(
      GraphBuilder graph,
      String task,
      MatmulVariant matmul,
      MatmulShape shape,
      LinearWeights weights,
      FloatArray x,
      FloatArray y) {
    matmul.append(graph, task + "Matmul", shape, x, weights.weight(), y);
    FloatArray bias = weights.bias();
    if (bias != null) {
      BiasAdd.append(graph, task + "Bias", shape.m(), shape.n(), y, bias);
    }
  }
}
