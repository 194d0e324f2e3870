package dev.gale.benchmarks.work;

import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.plan.Cost;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Attention of one batch. */
public record AttentionWork(AttentionShape dimensions, boolean causal) implements Work {

  static final String OPERATOR = "attention";

  private static final String CAUSAL = ":causal";

  private static final String EXPECTED =
      "HEADSxLENGTHxHEADDIM or HEADSxQUERIESxKEYSxHEADDIM, HEADS as N or N/KVHEADS, :causal at the end if it is,"
          + " as in 8x1024x64, 32/8x2048x128:causal, 32x1x8192x128";

  /** Query heads and, where they differ, key-value heads; the rest. */
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(?:/([0-9]{1,9}))?x(.*)");

  /**
   * Reads {@code 8x1024x64} (heads, length, headDim), {@code 32x1x8192x128} (heads, queries, keys, headDim), {@code
   * 32/8x...} (32 query heads that share 8 key-value heads), {@code ...:causal}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static AttentionWork parse(String text) {
    boolean causal = text.endsWith(CAUSAL);
    String sizes = causal ? text.substring(0, text.length() - CAUSAL.length()) : text;
    Matcher form = FORM.matcher(sizes);
    if (!form.matches()) {
      throw wrong(text);
    }
    int heads = Integer.parseInt(form.group(1));
    int kvHeads = form.group(2) == null ? heads : Integer.parseInt(form.group(2));
    int[] rest = Sizes.parse(OPERATOR, form.group(3), EXPECTED);
    return switch (rest.length) {
      case 2 -> of(heads, kvHeads, rest[0], rest[0], rest[1], causal);
      case 3 -> of(heads, kvHeads, rest[0], rest[1], rest[2], causal);
      default -> throw wrong(text);
    };
  }

  private static AttentionWork of(
      int heads, int kvHeads, int seqLenQ, int seqLenK, int headDim, boolean causal) {
    return new AttentionWork(
        new AttentionShape(1, heads, kvHeads, seqLenQ, seqLenK, headDim, headDim), causal);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(OPERATOR + " " + text + ": expected " + EXPECTED);
  }

  @Override
  public String operator() {
    return OPERATOR;
  }

  @Override
  public String shape() {
    int heads = dimensions.numHeads();
    int kvHeads = dimensions.numKvHeads();
    boolean self = dimensions.seqLenQ() == dimensions.seqLenK();
    return heads
        + (kvHeads == heads ? "" : "/" + kvHeads)
        + "x"
        + dimensions.seqLenQ()
        + (self ? "" : "x" + dimensions.seqLenK())
        + "x"
        + dimensions.headDim()
        + (causal ? CAUSAL : "");
  }

  /** Scale 1/sqrt(headDim), no mask. */
  public AttentionOptions options() {
    return AttentionOptions.of(dimensions).withCausal(causal);
  }

  @Override
  public Cost cost() {
    return dimensions.cost(options());
  }

  @Override
  public long outputBytes() {
    return Float.BYTES * ((long) dimensions.outputElements() + dimensions.lseElements());
  }
}
