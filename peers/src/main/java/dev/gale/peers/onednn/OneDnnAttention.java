package dev.gale.peers.onednn;

import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.peers.NativeFloats;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.cases.AttentionCase;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attention as three primitives, over as many queries at a time as leave their scores in the cache: scores = scale Q
 * K^T, softmax of them in place, output = scores V. The query heads of a key-value head are one matrix with more rows.
 *
 * <p>Causal attention goes through query heads in blocks of rows, and multiplies by the keys that the last row of a block
 * sees. Of the scores of the other rows, those that they don't see are overwritten with -infinity.
 */
final class OneDnnAttention {

  /** Bytes of scores at a time: half of a core's second-level cache. */
  private static final long SCORE_BYTES = 1 << 19;

  private static final int LEAST_ROWS = 32;

  /** More rows in a causal block mean more scores that are computed in vain. */
  private static final int MOST_CAUSAL_ROWS = 64;

  private final OneDnn library;
  private final AttentionShape shape;
  private final float scale;
  private final NativeFloats queries;
  private final NativeFloats keys;
  private final NativeFloats values;
  private final NativeFloats output;
  private final List<OneDnn.Step> steps = new ArrayList<>();

  private OneDnnAttention(OneDnn library, AttentionCase input) {
    this.library = library;
    shape = input.shape();
    scale = input.options().scale();
    queries = NativeFloats.of(input.queries());
    keys = NativeFloats.of(input.keys());
    values = NativeFloats.of(input.values());
    output = NativeFloats.zeros(shape.outputElements());
  }

  /** The call; null if there is a mask, or queries that see no key. */
  static @Nullable PeerCall of(OneDnn library, AttentionCase input) {
    AttentionShape shape = input.shape();
    boolean causal = input.options().causal() && shape.seqLenQ() > 1;
    if (input.options().maskHeads() > 0 || (causal && shape.seqLenQ() > shape.seqLenK())) {
      return null;
    }
    OneDnnAttention attention = new OneDnnAttention(library, input);
    if (causal) {
      attention.causal();
    } else {
      attention.full();
    }
    return new OneDnnCall(library, attention.steps, attention.output);
  }

  private static int rowsAtATime(int rows, int cols) {
    long fitting = SCORE_BYTES / (Float.BYTES * (long) cols);
    return (int) Math.min(rows, Math.max(LEAST_ROWS, fitting));
  }

  private void full() {
    int kvHeads = shape.batchSize() * shape.numKvHeads();
    int rows = shape.groupSize() * shape.seqLenQ();
    int cols = shape.seqLenK();
    int block = rowsAtATime(rows, cols);
    // Several heads at a time where one has few scores.
    int heads = Math.clamp(SCORE_BYTES / (Float.BYTES * (long) rows * cols), 1, kvHeads);
    NativeFloats scores = NativeFloats.zeros((long) heads * block * cols);
    for (int head = 0; head < kvHeads; head += heads) {
      int some = Math.min(heads, kvHeads - head);
      for (int row = 0; row < rows; row += block) {
        full(scores, head, some, row, Math.min(block, rows - row));
      }
    }
  }

  private void full(NativeFloats scores, int head, int heads, int row, int rows) {
    int allRows = shape.groupSize() * shape.seqLenQ();
    int cols = shape.seqLenK();
    int dim = shape.headDim();
    int dimV = shape.headDimV();
    OneDnn.Tensor q =
        stack(queries, ((long) head * allRows + row) * dim, heads, rows, dim, (long) allRows * dim);
    OneDnn.Tensor transposed =
        library.tensor(
            keys,
            (long) head * cols * dim,
            new long[] {heads, dim, cols},
            new long[] {(long) cols * dim, 1, dim});
    OneDnn.Tensor v =
        stack(values, (long) head * cols * dimV, heads, cols, dimV, (long) cols * dimV);
    OneDnn.Tensor s = library.tensor(scores, heads, rows, cols);
    OneDnn.Tensor o =
        stack(
            output, ((long) head * allRows + row) * dimV, heads, rows, dimV, (long) allRows * dimV);
    steps.add(library.matmul(q, transposed, s, scale));
    steps.add(library.softmax(s, s, 2));
    steps.add(library.matmul(s, v, o, 1));
  }

  private OneDnn.Tensor stack(
      NativeFloats floats, long offset, int count, int rows, int cols, long stride) {
    return library.tensor(
        floats, offset, new long[] {count, rows, cols}, new long[] {stride, cols, 1});
  }

  private void causal() {
    int rows = shape.seqLenQ();
    int block = Math.min(MOST_CAUSAL_ROWS, rowsAtATime(rows, shape.seqLenK()));
    NativeFloats scores = NativeFloats.zeros((long) block * shape.seqLenK());
    NativeFloats hidden = NativeFloats.zeros(block);
    for (int i = 0; i < block; i++) {
      hidden.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, Float.NEGATIVE_INFINITY);
    }
    for (int head = 0; head < shape.heads(); head++) {
      for (int row = 0; row < rows; row += block) {
        causal(scores, hidden, head, row, Math.min(block, rows - row));
      }
    }
  }

  private void causal(NativeFloats scores, NativeFloats hidden, int head, int row, int rows) {
    int dim = shape.headDim();
    int dimV = shape.headDimV();
    // What the last row sees.
    int cols = row + rows + shape.seqLenK() - shape.seqLenQ();
    long queryRow = (long) head * shape.seqLenQ() + row;
    long keyRow = (long) (head / shape.groupSize()) * shape.seqLenK();
    OneDnn.Tensor transposed =
        library.tensor(keys, keyRow * dim, new long[] {dim, cols}, new long[] {1, dim});
    OneDnn.Tensor s = library.tensor(scores, rows, cols);
    steps.add(library.matmul(matrix(queries, queryRow, rows, dim), transposed, s, scale));
    steps.add(() -> hide(scores, hidden, rows, cols));
    steps.add(library.softmax(s, s, 1));
    steps.add(
        library.matmul(
            s, matrix(values, keyRow, cols, dimV), matrix(output, queryRow, rows, dimV), 1));
  }

  private OneDnn.Tensor matrix(NativeFloats floats, long row, int rows, int cols) {
    return library.tensor(floats, row * cols, new long[] {rows, cols}, new long[] {cols, 1});
  }

  /** Row i does not see the last rows - 1 - i keys. */
  private static void hide(NativeFloats scores, NativeFloats hidden, int rows, int cols) {
    for (int i = 0; i < rows - 1; i++) {
      int unseen = rows - 1 - i;
      MemorySegment.copy(
          hidden.segment(),
          0,
          scores.segment(),
          Float.BYTES * ((i + 1L) * cols - unseen),
          (long) Float.BYTES * unseen);
    }
  }
}
