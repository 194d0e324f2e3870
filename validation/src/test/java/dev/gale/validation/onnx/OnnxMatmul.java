package dev.gale.validation.onnx;

import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.testing.Inputs;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One product of a vector of MatMul or Gemm.
 *
 * @param matmul the case
 * @param c what the vector says it is
 */
record OnnxMatmul(MatmulCase matmul, FloatArray c) {

  /** MatMul: a product for each batch, batches broadcast, a vector as a row or a column. */
  static List<OnnxMatmul> ofMatMul(OnnxVector vector) {
    OnnxTensor a = vector.input(0);
    OnnxTensor b = vector.input(1);
    List<Integer> dimsA = a.dims().size() == 1 ? List.of(1, a.dim(0)) : a.dims();
    List<Integer> dimsB = b.dims().size() == 1 ? List.of(b.dim(0), 1) : b.dims();
    int m = dimsA.get(dimsA.size() - 2);
    int k = dimsA.getLast();
    int n = dimsB.getLast();
    FloatArray c = vector.output().values();
    int batches = c.getSize() / (m * n);
    List<Integer> batchDims = batchDims(dimsA, dimsB);
    List<OnnxMatmul> products = new ArrayList<>();
    for (int batch = 0; batch < batches; batch++) {
      int fromA = operandBatch(batch, batchDims, dimsA) * m * k;
      int fromB = operandBatch(batch, batchDims, dimsB) * k * n;
      products.add(
          new OnnxMatmul(
              new MatmulCase(
                  new MatmulShape(m, n, k),
                  a.values().slice(fromA, m * k),
                  b.values().slice(fromB, k * n)),
              c.slice(batch * m * n, m * n)));
    }
    return products;
  }

  /** Gemm, alpha A B + beta C, as one product: [alpha A, beta C] with B above the identity. */
  static OnnxMatmul ofGemm(OnnxVector vector) {
    OnnxTensor a = vector.input(0);
    OnnxTensor b = vector.input(1);
    OnnxTensor bias = vector.optional(2);
    boolean transA = vector.attribute("transA", 0) != 0;
    boolean transB = vector.attribute("transB", 0) != 0;
    float alpha = (float) vector.attribute("alpha", 1);
    float beta = (float) vector.attribute("beta", 1);
    int m = a.dim(transA ? 1 : 0);
    int k = a.dim(transA ? 0 : 1);
    int n = b.dim(transB ? 0 : 1);
    int inner = k + n;
    FloatArray left =
        Inputs.of(
            m * inner,
            at -> {
              int i = at / inner;
              int l = at % inner;
              if (l < k) {
                return alpha * (transA ? a.get(l, i) : a.get(i, l));
              }
              return bias == null ? 0 : beta * broadcast(bias, i, l - k);
            });
    FloatArray right =
        Inputs.of(
            inner * n,
            at -> {
              int l = at / n;
              int j = at % n;
              if (l < k) {
                return transB ? b.get(j, l) : b.get(l, j);
              }
              return l - k == j ? 1 : 0;
            });
    return new OnnxMatmul(
        new MatmulCase(new MatmulShape(m, n, inner), left, right), vector.output().values());
  }

  private static float broadcast(OnnxTensor bias, int row, int col) {
    int rank = bias.dims().size();
    int cols = rank == 0 ? 1 : bias.dim(-1);
    int rows = rank < 2 ? 1 : bias.dim(-2);
    return bias.values().get((rows == 1 ? 0 : row) * cols + (cols == 1 ? 0 : col));
  }

  private static List<Integer> batchDims(List<Integer> dimsA, List<Integer> dimsB) {
    int rank = Math.max(dimsA.size(), dimsB.size()) - 2;
    List<Integer> dims = new ArrayList<>();
    for (int d = 0; d < rank; d++) {
      dims.add(Math.max(batchDim(dimsA, d, rank), batchDim(dimsB, d, rank)));
    }
    return dims;
  }

  private static int batchDim(List<Integer> dims, int d, int rank) {
    int missing = rank - (dims.size() - 2);
    return d < missing ? 1 : dims.get(d - missing);
  }

  /** Which matrix of an operand a batch of the result reads. */
  private static int operandBatch(int batch, List<Integer> batchDims, List<Integer> dims) {
    int operand = 0;
    int stride = 1;
    int rest = batch;
    for (int d = batchDims.size() - 1; d >= 0; d--) {
      int size = batchDim(dims, d, batchDims.size());
      int index = rest % batchDims.get(d);
      rest /= batchDims.get(d);
      operand += (size == 1 ? 0 : index) * stride;
      stride *= size;
    }
    return operand;
  }
}
