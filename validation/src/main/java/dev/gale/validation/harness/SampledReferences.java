package dev.gale.validation.harness;

import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.cases.SoftmaxCase;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * References and bounds for as many rows as an amount of work allows. They are those of {@link MatmulTrials}, {@link
 * SoftmaxTrials} and {@link AttentionTrials}, of a smaller case that has the rows in question: a row of each of these
 * operators depends on no other row.
 */
public final class SampledReferences {

  /** Consecutive query rows of an attention that are judged together. */
  private static final int BLOCK = 16;

  /** However large a row is, so many groups are judged. */
  private static final int LEAST_GROUPS = 4;

  /** However small a row is, no more elements are. */
  private static final long MOST_ELEMENTS = 1L << 22;

  private SampledReferences() {}

  /**
   * Rows of C.
   *
   * @param work products that the reference may take
   */
  public static SampledExpectation of(MatmulCase matmul, FloatModel model, long work) {
    MatmulShape shape = matmul.shape();
    long seed = matmul.seed().orElse(0);
    long ofRow = (long) shape.k() * shape.n();
    int[] rows = RowSample.of(shape.m(), most(shape.m(), ofRow, shape.n(), work), seed);
    MatmulCase part =
        new MatmulCase(
            new MatmulShape(rows.length, shape.n(), shape.k()),
            gather(matmul.a(), rows, shape.k()),
            matmul.b());
    Expected expected = MatmulTrials.expected(part, model);
    ExpectedRows c =
        new ExpectedRows(
            "c", List.of(shape.m()), shape.n(), rows, expected.reference(), expected.bounds());
    return new SampledExpectation(
        List.of(c), rows.length == shape.m() ? null : Projection.of(matmul, model, seed));
  }

  /**
   * Rows of probabilities.
   *
   * @param work exponentials that the reference may take
   */
  public static SampledExpectation of(SoftmaxCase softmax, FloatModel model, long work) {
    SoftmaxShape shape = softmax.shape();
    int most = most(shape.rows(), shape.cols(), shape.cols(), work);
    int[] rows = RowSample.of(shape.rows(), most, softmax.seed().orElse(0));
    SoftmaxCase part =
        new SoftmaxCase(
            new SoftmaxShape(rows.length, shape.cols()),
            gather(softmax.logits(), rows, shape.cols()));
    Expected expected = SoftmaxTrials.expected(part, model);
    return new SampledExpectation(
        List.of(
            new ExpectedRows(
                "probabilities",
                List.of(shape.rows()),
                shape.cols(),
                rows,
                expected.reference(),
                expected.bounds())),
        null);
  }

  /**
   * Rows of output and lse, in blocks of consecutive queries of a head.
   *
   * @param work products that the reference may take
   * @throws IllegalArgumentException if the case has a mask
   */
  public static SampledExpectation of(AttentionCase attention, FloatModel model, long work) {
    if (attention.options().maskHeads() > 0) {
      throw new IllegalArgumentException("attention: a mask is not sampled");
    }
    AttentionShape shape = attention.shape();
    int blocksOfHead = Math.ceilDiv(shape.seqLenQ(), BLOCK);
    int rowsOfBlock = Math.min(BLOCK, shape.seqLenQ());
    long ofBlock = (long) rowsOfBlock * shape.seqLenK() * (shape.headDim() + shape.headDimV());
    int blocks = shape.heads() * blocksOfHead;
    int most = most(blocks, ofBlock, (long) rowsOfBlock * shape.headDimV(), work);
    int[] sample = RowSample.of(blocks, most, attention.seed().orElse(0));
    int[] rows = rows(shape, blocksOfHead, sample);
    double[][] output = new double[2][rows.length * shape.headDimV()];
    double[][] lse = new double[2][rows.length];
    int done = 0;
    for (int block : sample) {
      int first = block % blocksOfHead * BLOCK;
      int count = Math.min(BLOCK, shape.seqLenQ() - first);
      List<Expected> expected =
          AttentionTrials.expected(part(attention, block / blocksOfHead, first, count), model);
      copy(expected.getFirst(), output, done * shape.headDimV());
      copy(expected.getLast(), lse, done);
      done += count;
    }
    List<Integer> dims = List.of(shape.batchSize(), shape.numHeads(), shape.seqLenQ());
    return new SampledExpectation(
        List.of(
            new ExpectedRows("output", dims, shape.headDimV(), rows, output[0], output[1]),
            new ExpectedRows("lse", dims, 1, rows, lse[0], lse[1])),
        null);
  }

  private static int most(int groups, long workOfGroup, long elementsOfGroup, long work) {
    long most = Math.min(work / workOfGroup, MOST_ELEMENTS / elementsOfGroup);
    return Math.clamp(most, Math.min(groups, LEAST_GROUPS), Math.max(groups, LEAST_GROUPS));
  }

  private static int[] rows(AttentionShape shape, int blocksOfHead, int[] sample) {
    List<Integer> rows = new ArrayList<>();
    for (int block : sample) {
      int first = block % blocksOfHead * BLOCK;
      for (int r = first; r < Math.min(first + BLOCK, shape.seqLenQ()); r++) {
        rows.add(block / blocksOfHead * shape.seqLenQ() + r);
      }
    }
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Consecutive queries of a head as an attention of their own. Under causality the keys end where the last of the
   * queries stops to see, so that the alignment at the bottom right is that of the whole.
   */
  private static AttentionCase part(AttentionCase attention, int head, int first, int count) {
    AttentionShape shape = attention.shape();
    int keys = shape.seqLenK();
    if (attention.options().causal()) {
      keys += first + count - shape.seqLenQ();
      if (keys < 1) {
        throw new IllegalArgumentException(
            "attention: causal, seqLenQ "
                + shape.seqLenQ()
                + ", expected at most seqLenK "
                + shape.seqLenK()
                + " for a sample");
      }
    }
    int kvHead = head / shape.groupSize();
    int dim = shape.headDim();
    int dimV = shape.headDimV();
    return new AttentionCase(
        new AttentionShape(1, 1, 1, count, keys, dim, dimV),
        attention.options(),
        slice(attention.queries(), ((long) head * shape.seqLenQ() + first) * dim, count * dim),
        slice(attention.keys(), (long) kvHead * shape.seqLenK() * dim, keys * dim),
        slice(attention.values(), (long) kvHead * shape.seqLenK() * dimV, keys * dimV),
        AttentionBuffers.noMask());
  }

  private static FloatArray gather(FloatArray matrix, int[] rows, int cols) {
    FloatArray gathered = new FloatArray(rows.length * cols);
    for (int r = 0; r < rows.length; r++) {
      copy(matrix, (long) rows[r] * cols, gathered, (long) r * cols, cols);
    }
    return gathered;
  }

  private static FloatArray slice(FloatArray array, long from, int count) {
    FloatArray slice = new FloatArray(count);
    copy(array, from, slice, 0, count);
    return slice;
  }

  private static void copy(FloatArray from, long at, FloatArray to, long target, long count) {
    MemorySegment.copy(
        from.getSegment(),
        at * Float.BYTES,
        to.getSegment(),
        target * Float.BYTES,
        count * Float.BYTES);
  }

  private static void copy(Expected expected, double[][] referenceAndBounds, int at) {
    int count = expected.reference().length;
    System.arraycopy(expected.reference(), 0, referenceAndBounds[0], at, count);
    System.arraycopy(expected.bounds(), 0, referenceAndBounds[1], at, count);
  }
}
