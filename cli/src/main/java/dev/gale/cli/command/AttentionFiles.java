package dev.gale.cli.command;

import dev.gale.cli.common.GaleException;
import dev.gale.cli.npy.NpyInput;
import dev.gale.cli.work.AttentionWorkload;
import dev.gale.tasks.attention.AttentionShape;
import java.util.ArrayList;
import java.util.List;

/** The shape of an attention, read from its files, and the shapes of its outputs, of the same number of dimensions. */
final class AttentionFiles {

  private AttentionFiles() {}

  /** The shape; 2-d files are one head, 3-d files are the heads of one batch. */
  static AttentionShape shape(AttentionWorkload.Input input) {
    NpyInput queries = input.queries();
    NpyInput keys = input.keys();
    NpyInput values = input.values();
    if (queries.dimensions() < 2 || queries.dimensions() > 4) {
      throw GaleException.badRequest(
          queries
              + ", expected (seqLenQ, headDim), (numHeads, seqLenQ, headDim) or"
              + " (batchSize, numHeads, seqLenQ, headDim)");
    }
    for (NpyInput other : List.of(keys, values)) {
      if (other.dimensions() != queries.dimensions()) {
        throw GaleException.badRequest(
            other + ", expected " + queries.dimensions() + " dimensions as in " + queries);
      }
    }
    int batch = axis(queries, 4);
    agree(keys, 4, "batchSize", batch, queries);
    agree(values, 4, "batchSize", batch, queries);
    agree(keys, 1, "headDim", queries.fromEnd(1), queries);
    agree(values, 3, "numKvHeads", axis(keys, 3), keys);
    agree(values, 2, "seqLenK", keys.fromEnd(2), keys);
    int numHeads = axis(queries, 3);
    int numKvHeads = axis(keys, 3);
    if (numHeads % numKvHeads != 0) {
      throw GaleException.badRequest(
          keys
              + ", numKvHeads "
              + numKvHeads
              + ", expected a divisor of numHeads "
              + numHeads
              + " of "
              + queries);
    }
    return Checks.shape(
        () ->
            new AttentionShape(
                batch,
                numHeads,
                numKvHeads,
                queries.fromEnd(2),
                keys.fromEnd(2),
                queries.fromEnd(1),
                values.fromEnd(1)));
  }

  /** [batchSize, numHeads, rest...] cut down to the number of dimensions of the input. */
  static List<Integer> outputShape(AttentionShape shape, int inputDimensions, int... rest) {
    List<Integer> sizes = new ArrayList<>();
    if (inputDimensions >= 4) {
      sizes.add(shape.batchSize());
    }
    if (inputDimensions >= 3) {
      sizes.add(shape.numHeads());
    }
    for (int size : rest) {
      sizes.add(size);
    }
    return List.copyOf(sizes);
  }

  private static int axis(NpyInput file, int fromEnd) {
    return file.dimensions() >= fromEnd ? file.fromEnd(fromEnd) : 1;
  }

  private static void agree(
      NpyInput file, int fromEnd, String dimension, int expected, NpyInput source) {
    int found = axis(file, fromEnd);
    if (found != expected) {
      throw GaleException.badRequest(
          file + ", " + dimension + " " + found + ", expected " + expected + " as in " + source);
    }
  }
}
