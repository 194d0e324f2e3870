package dev.gale.tasks.elementwise;

import dev.gale.kernels.elementwise.AddRowVector;
import dev.gale.tasks.plan.GraphBuilder;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A bias added to every row of a matrix: one task. */
public final class BiasAdd {

  private BiasAdd() {}

  /**
   * Adds the task matrix[i,j] = matrix[i,j] + bias[j]. The buffers are already declared to the graph, and checked.
   *
   * @param graph the graph under construction
   * @param task the task's name, unique in the graph
   * @param rows rows of the matrix
   * @param cols columns of the matrix
   * @param matrix [rows, cols], read and written
   * @param bias [cols], read
   */
  public static void append(
      GraphBuilder graph, String task, int rows, int cols, FloatArray matrix, FloatArray bias) {
    graph.graph().task(task, AddRowVector::add, matrix, bias, rows, cols);
  }
}
