package dev.gale.tasks.choice;

import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.softmax.SoftmaxShape;
import java.util.Locale;

/** Shapes of an operator that the same variant suits, as far as anybody can tell without trying each. */
public enum ShapeClass {
  /** {@link MatmulShape#fewRows}: each element of B is used a few times only. */
  MATMUL_FEW_ROWS,
  /** At most 256^3 products: what is done once a call counts. */
  MATMUL_SMALL,
  /** All others. */
  MATMUL_LARGE,
  /** At most {@value #SHORT_COLS} columns. */
  SOFTMAX_SHORT_ROWS,
  /** Rows of up to {@value #MEDIUM_COLS} columns. */
  SOFTMAX_MEDIUM_ROWS,
  /** Longer rows. */
  SOFTMAX_LONG_ROWS,
  /** At most {@value #DECODE_ROWS} query rows that share keys: each key is used a few times only. */
  ATTENTION_DECODE,
  /** At most {@value #SHORT_KEYS} keys. */
  ATTENTION_SHORT,
  /** All others. */
  ATTENTION_LONG;

  static final int DECODE_ROWS = 16;
  private static final long SMALL_PRODUCTS = 256L * 256 * 256;
  private static final int SHORT_COLS = 256;
  private static final int MEDIUM_COLS = 8192;
  private static final int SHORT_KEYS = 256;

  /** That of a matmul. */
  public static ShapeClass of(MatmulShape shape) {
    if (shape.fewRows()) {
      return MATMUL_FEW_ROWS;
    }
    return (double) shape.m() * shape.n() * shape.k() <= SMALL_PRODUCTS
        ? MATMUL_SMALL
        : MATMUL_LARGE;
  }

  /** That of a softmax. */
  public static ShapeClass of(SoftmaxShape shape) {
    if (shape.cols() <= SHORT_COLS) {
      return SOFTMAX_SHORT_ROWS;
    }
    return shape.cols() <= MEDIUM_COLS ? SOFTMAX_MEDIUM_ROWS : SOFTMAX_LONG_ROWS;
  }

  /** That of an attention. */
  public static ShapeClass of(AttentionShape shape) {
    if ((long) shape.groupSize() * shape.seqLenQ() <= DECODE_ROWS) {
      return ATTENTION_DECODE;
    }
    return shape.seqLenK() <= SHORT_KEYS ? ATTENTION_SHORT : ATTENTION_LONG;
  }

  /** As people write it: {@code matmul-few-rows}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
