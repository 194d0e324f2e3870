package dev.gale.cli.work;

import dev.gale.cli.npy.NpyException;
import dev.gale.cli.npy.NpyInput;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.shape.Shapes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A mask file as an attention takes it: [seqLenQ, seqLenK], [1 or numHeads, seqLenQ, seqLenK] or [1 or batchSize, 1 or
 * numHeads, seqLenQ, seqLenK], by NumPy's rules of broadcasting.
 */
public final class MaskInput {

  private MaskInput() {}

  /**
   * Over how many heads the mask goes: {@code AttentionOptions.maskHeads}.
   *
   * @throws IllegalArgumentException if the file's shape does not fit the attention's
   */
  public static int heads(NpyInput mask, AttentionShape shape) {
    int batches = mask.dimensions() == 4 ? mask.fromEnd(4) : 1;
    int heads = mask.dimensions() >= 3 ? mask.fromEnd(3) : 1;
    boolean fits =
        mask.dimensions() >= 2
            && mask.dimensions() <= 4
            && mask.fromEnd(2) == shape.seqLenQ()
            && mask.fromEnd(1) == shape.seqLenK()
            && (heads == 1 || heads == shape.numHeads())
            && (batches == 1 || batches == shape.batchSize());
    if (!fits) {
      throw new IllegalArgumentException(
          mask
              + ", expected (seqLenQ "
              + shape.seqLenQ()
              + ", seqLenK "
              + shape.seqLenK()
              + "), with numHeads "
              + shape.numHeads()
              + " or 1 before it, and batchSize "
              + shape.batchSize()
              + " or 1 before that");
    }
    int maskHeads = batches == 1 ? heads : shape.heads();
    Shapes.elements(
        "mask", "maskHeads", maskHeads, "seqLenQ", shape.seqLenQ(), "seqLenK", shape.seqLenK());
    return maskHeads;
  }

  /** Reads the mask, repeated over the heads where each batch has one for all of its heads. */
  public static FloatArray expand(NpyInput mask, AttentionShape shape, int maskHeads)
      throws NpyException {
    FloatArray read = mask.read();
    int plane = shape.seqLenQ() * shape.seqLenK();
    int planes = read.getSize() / plane;
    if (planes == maskHeads) {
      return read;
    }
    FloatArray expanded = new FloatArray(maskHeads * plane);
    for (int head = 0; head < maskHeads; head++) {
      int source = head / (maskHeads / planes) * plane;
      for (int i = 0; i < plane; i++) {
        expanded.set(head * plane + i, read.get(source + i));
      }
    }
    return expanded;
  }
}
