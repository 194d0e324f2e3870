package dev.gale.validation.testing;

import dev.gale.kernels.vector.VectorTiles;
import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.cases.SoftmaxCase;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Where the vector kernels have edges of their own. Attention: 256 or 512 keys, 512 elements of a query a piece, up to 1056
 * query rows of a group a block, two vectors' columns of values a panel. Softmax: rows of four vectors and of eight, rows from
 * 512 columns on, bands of 2048 elements.
 */
public final class VectorEdges {

  /** Keys of one or two blocks. */
  private static final int BLOCK = 512;

  private static final float MINUS_INFINITY = Float.NEGATIVE_INFINITY;

  private VectorEdges() {}

  /** 812 query rows share keys: blocks of several register tiles, some across two heads; two blocks of keys. */
  public static AttentionCase blocksAcrossHeads(boolean causal) {
    AttentionShape shape = new AttentionShape(1, 4, 1, 203, 530, 16, 40);
    return AttentionCase.generated(shape, AttentionOptions.of(shape).withCausal(causal), 1);
  }

  /** 2200 query rows share keys: several blocks of rows, whatever the number of threads, some across two heads. */
  public static AttentionCase manyRows() {
    AttentionShape shape = new AttentionShape(1, 2, 1, 1100, 9, 8, 5);
    return AttentionCase.generated(shape, AttentionOptions.of(shape).withCausal(true), 9);
  }

  /** Query rows before the first key, whole blocks of them. */
  public static AttentionCase blocksThatSeeNoKey() {
    AttentionShape shape = new AttentionShape(1, 2, 1, 400, 21, 8, 33);
    return AttentionCase.generated(shape, AttentionOptions.of(shape).withCausal(true), 2);
  }

  /** A mask that is the most negative number wherever a row's number is even: finite, so it hides nothing. */
  public static AttentionCase mostNegativeMask() {
    AttentionShape shape = new AttentionShape(1, 2, 1, 20, 70, 8, 33);
    AttentionOptions options = AttentionOptions.of(shape).withMaskHeads(1);
    AttentionCase plain = AttentionCase.generated(shape, options, 6);
    return new AttentionCase(
        shape,
        options,
        plain.queries(),
        plain.keys(),
        plain.values(),
        Inputs.of(shape.seqLenQ() * shape.seqLenK(), i -> i / 70 % 2 == 0 ? -Float.MAX_VALUE : 0));
  }

  /** Queries in three pieces, values in several panels, the last not whole. */
  public static AttentionCase longHeads() {
    AttentionShape shape = new AttentionShape(1, 1, 1, 14, 40, 2 * BLOCK + 6, 101);
    return AttentionCase.generated(shape, AttentionOptions.of(shape), 3);
  }

  /** One query of each of eight heads, narrower than a vector, over one head of many keys. */
  public static AttentionCase decoding() {
    return decoding(3, 2);
  }

  /** The same with rows of a vector and more, but no whole number of them. */
  public static AttentionCase raggedDecoding() {
    return decoding(21, 70);
  }

  /** The same, one key of which has a score of -infinity, by elements that are read twice, whatever the vectors' length. */
  public static AttentionCase raggedInfinity() {
    AttentionCase plain = raggedDecoding();
    FloatArray keys = Inputs.of(plain.keys().getSize(), i -> plain.keys().get(i));
    keys.set(14, Float.NEGATIVE_INFINITY);
    keys.set(18, Float.NEGATIVE_INFINITY);
    return new AttentionCase(
        plain.shape(),
        plain.options(),
        Inputs.constant(plain.queries().getSize(), 1),
        keys,
        plain.values(),
        plain.mask());
  }

  private static AttentionCase decoding(int headDim, int headDimV) {
    AttentionShape shape = new AttentionShape(2, 8, 1, 1, 3 * BLOCK - 36, headDim, headDimV);
    return AttentionCase.generated(shape, AttentionOptions.of(shape).withCausal(true), 4);
  }

  /** Eleven heads, several register tiles of them, and rows that are whole vectors of any length. */
  public static AttentionCase streaming() {
    AttentionShape shape = new AttentionShape(2, 11, 1, 1, 3 * BLOCK - 37, 64, 48);
    return AttentionCase.generated(shape, AttentionOptions.of(shape), 4);
  }

  /**
   * Scores that rise or fall from key to key, over three blocks of keys.
   *
   * @param perKey what each element of a key has more than the key before
   */
  public static AttentionCase slope(double perKey) {
    AttentionShape shape = new AttentionShape(1, 2, 1, 7, 2 * BLOCK + 76, 8, 37);
    AttentionCase plain = AttentionCase.generated(shape, AttentionOptions.of(shape), 5);
    return new AttentionCase(
        shape,
        plain.options(),
        Inputs.constant(plain.queries().getSize(), 1),
        Inputs.of(plain.keys().getSize(), i -> i / shape.headDim() * perKey),
        plain.values(),
        plain.mask());
  }

  /**
   * A mask that hides the second block of keys from all rows, the first from a third of them, everything from one;
   * hidden from all are also the first two of the third block. These and the keys at the second's borders, and their
   * values, are {@code poison}.
   */
  public static AttentionCase hiddenBlocks(float poison) {
    AttentionShape shape = new AttentionShape(1, 2, 1, 30, 2 * BLOCK + 76, 8, 37);
    AttentionOptions options = AttentionOptions.of(shape).withMaskHeads(2);
    AttentionCase plain = AttentionCase.generated(shape, options, 6);
    int seqLenK = shape.seqLenK();
    FloatArray mask =
        Inputs.of(
            plain.mask().getSize(),
            i -> {
              int row = i / seqLenK % shape.seqLenQ();
              int key = i % seqLenK;
              boolean hidden =
                  row == 4 || poisoned(key) || key / BLOCK == 1 || (row % 3 == 0 && key < BLOCK);
              return hidden ? MINUS_INFINITY : plain.mask().get(i);
            });
    return new AttentionCase(
        shape,
        options,
        plain.queries(),
        poisoned(plain.keys(), shape.headDim(), poison),
        poisoned(plain.values(), shape.headDimV(), poison),
        mask);
  }

  /**
   * Long rows, not of whole vectors: normal but far below 0, of -infinity alone, with
   * -infinity first, with a peak at the end.
   */
  public static SoftmaxCase longRows() {
    SoftmaxShape shape = new SoftmaxShape(4, 2 * BLOCK + 309);
    FloatArray normal = SoftmaxCase.generated(shape, 8).logits();
    int cols = shape.cols();
    return new SoftmaxCase(
        shape,
        Inputs.of(
            normal.getSize(),
            i -> {
              int row = i / cols;
              int col = i % cols;
              if (row == 1 || (row == 2 && col < BLOCK + 5)) {
                return MINUS_INFINITY;
              }
              return (col < cols - 1 ? 0 : row == 3 ? 200 : 3) + normal.get(i) - 900;
            }));
  }

  /**
   * Rows of several bands, most of them normal: some far above or below those before them, one of -infinity alone, some with
   * peaks in front or at the end, some with elements whose exponents would wrap round.
   *
   * @param cols elements of a row
   */
  public static SoftmaxCase unevenRows(int cols) {
    SoftmaxShape shape = new SoftmaxShape(2 * Math.ceilDiv(2048, cols) + 13, cols);
    FloatArray normal = SoftmaxCase.generated(shape, 9).logits();
    return new SoftmaxCase(
        shape,
        Inputs.of(
            normal.getSize(),
            i -> {
              int row = i / cols % 13;
              int col = i % cols;
              double level =
                  switch (row) {
                    case 1 -> col == 3 ? 305 : 0;
                    case 2 -> 30;
                    case 3 -> 200;
                    case 5 -> MINUS_INFINITY;
                    case 6 -> col % 3 == 0 ? MINUS_INFINITY : 0;
                    case 7 -> -30;
                    case 8 -> -1000;
                    case 9 -> col == cols - 1 ? 100 : 0;
                    case 11 -> col == cols / 2 ? 36 : 0;
                    case 12 -> col % 3 == 1 ? -250 : 0;
                    default -> 0;
                  };
              return level + normal.get(i);
            }));
  }

  /** Columns that are four vectors. */
  public static int fourVectors() {
    return 2 * VectorTiles.COLS;
  }

  /**
   * Logits that rise or fall along long rows.
   *
   * @param perColumn what each has more than the one before
   */
  public static SoftmaxCase slopingRows(double perColumn) {
    SoftmaxShape shape = new SoftmaxShape(2, 3 * BLOCK);
    return new SoftmaxCase(
        shape, Inputs.of(shape.rows() * shape.cols(), i -> i % shape.cols() * perColumn));
  }

  /**
   * The same rows with one number in the first.
   *
   * @param special what stands there
   */
  public static SoftmaxCase longRowsWith(float special) {
    SoftmaxCase plain = longRows();
    return new SoftmaxCase(plain.shape(), Inputs.with(plain.logits(), BLOCK + 7, special));
  }

  private static boolean poisoned(int key) {
    return key >= BLOCK && (key % BLOCK < 2 || key % BLOCK >= BLOCK - 2);
  }

  private static FloatArray poisoned(FloatArray array, int dim, float poison) {
    return Inputs.of(array.getSize(), i -> poisoned(i / dim) ? poison : array.get(i));
  }

  /** The diagonal crosses from one block of keys to the next; late rows see values of NaN and infinity on both sides. */
  public static AttentionCase diagonalOverABorder() {
    AttentionShape shape = new AttentionShape(1, 2, 1, 29, BLOCK + 12, 8, 37);
    AttentionOptions options = AttentionOptions.of(shape).withCausal(true);
    AttentionCase plain = AttentionCase.generated(shape, options, 7);
    int dim = shape.headDimV();
    FloatArray once = Inputs.with(plain.values(), (BLOCK - 1) * dim + 3, Float.NaN);
    FloatArray twice = Inputs.with(once, (BLOCK + 1) * dim + 5, Float.POSITIVE_INFINITY);
    return new AttentionCase(
        shape,
        options,
        plain.queries(),
        plain.keys(),
        Inputs.with(twice, (BLOCK + 10) * dim, dim, Float.NaN),
        AttentionBuffers.noMask());
  }
}
