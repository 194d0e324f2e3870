package dev.gale.validation.onnx;

import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.testing.Inputs;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A vector of Softmax as a softmax by rows: its axis is made the last one.
 *
 * @param softmax the case
 * @param probabilities what the vector says they are
 */
record OnnxSoftmax(SoftmaxCase softmax, FloatArray probabilities) {

  static OnnxSoftmax of(OnnxVector vector) {
    OnnxTensor x = vector.input(0);
    int rank = x.dims().size();
    int axis = Math.floorMod((int) vector.attribute("axis", -1), rank);
    int cols = x.dim(axis);
    int inner = product(x.dims().subList(axis + 1, rank));
    int rows = x.values().getSize() / cols;
    return new OnnxSoftmax(
        new SoftmaxCase(new SoftmaxShape(rows, cols), axisLast(x.values(), cols, inner)),
        axisLast(vector.output().values(), cols, inner));
  }

  private static FloatArray axisLast(FloatArray values, int cols, int inner) {
    return Inputs.of(
        values.getSize(),
        i -> {
          int row = i / cols;
          int outer = row / inner;
          return values.get((outer * cols + i % cols) * inner + row % inner);
        });
  }

  private static int product(List<Integer> dims) {
    return dims.stream().reduce(1, Math::multiplyExact);
  }
}
