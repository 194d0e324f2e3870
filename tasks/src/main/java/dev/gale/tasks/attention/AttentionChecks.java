package dev.gale.tasks.attention;

import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.shape.Shapes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What an attention's buffers and options must be, before a kernel sees them. */
public final class AttentionChecks {

  private AttentionChecks() {}

  /**
   * Checks every buffer of an attention.
   *
   * @throws IllegalArgumentException if one is not as long as the shape and the options say, or a written buffer is
   *     another one as well
   */
  static void buffers(
      AttentionShape shape, AttentionOptions options, PlanOptions plan, AttentionBuffers buffers) {
    long guard = plan.outputLength(0);
    Shapes.length("queries", buffers.queries(), 0, shape.queriesFactors());
    Shapes.length("keys", buffers.keys(), 0, shape.keysFactors());
    Shapes.length("values", buffers.values(), 0, shape.valuesFactors());
    mask(shape, options, buffers.mask());
    Shapes.length("output", buffers.output(), guard, shape.outputFactors());
    Shapes.length("lse", buffers.lse(), guard, shape.lseFactors());
    Shapes.ofItsOwn(
        "output", buffers.output(), buffers.queries(), buffers.keys(), buffers.values());
    Shapes.ofItsOwn("output", buffers.output(), buffers.mask(), buffers.lse());
    Shapes.ofItsOwn("lse", buffers.lse(), buffers.queries(), buffers.keys(), buffers.values());
    Shapes.ofItsOwn("lse", buffers.lse(), buffers.mask());
  }

  /**
   * Checks the mask and over how many heads it goes.
   *
   * @throws IllegalArgumentException if maskHeads does not fit the shape, or the mask's length does not fit maskHeads
   */
  public static void mask(AttentionShape shape, AttentionOptions options, FloatArray mask) {
    int maskHeads = options.maskHeads();
    if (maskHeads != 0
        && maskHeads != 1
        && maskHeads != shape.numHeads()
        && maskHeads != shape.heads()) {
      throw new IllegalArgumentException(
          "mask: maskHeads "
              + maskHeads
              + ", expected 0 (no mask), 1, numHeads "
              + shape.numHeads()
              + " or batchSize "
              + shape.batchSize()
              + " x numHeads "
              + shape.numHeads()
              + " = "
              + shape.heads());
    }
    if (maskHeads == 0) {
      if (mask.getSize() != 1) {
        throw new IllegalArgumentException(
            "mask: length "
                + mask.getSize()
                + ", expected 1 unread element, as maskHeads is 0 (no mask)");
      }
      return;
    }
    Shapes.length(
        "mask",
        mask,
        0,
        "maskHeads",
        maskHeads,
        "seqLenQ",
        shape.seqLenQ(),
        "seqLenK",
        shape.seqLenK());
  }
}
