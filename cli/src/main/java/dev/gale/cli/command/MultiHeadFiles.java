package dev.gale.cli.command;

import dev.gale.cli.common.GaleException;
import dev.gale.cli.npy.NpyInput;
import dev.gale.cli.npy.NpyInput.Types;
import dev.gale.models.multihead.MultiHeadShape;
import dev.gale.models.multihead.Projection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of a multi-head attention, and its shape, read from them and from the sizes that they do not say. */
final class MultiHeadFiles {

  private static final int DEFAULT_LENGTH = 512;
  private static final int DEFAULT_MODEL_DIM = 512;
  private static final int DEFAULT_HEADS = 8;

  private final @Nullable NpyInput input;
  private final @Nullable NpyInput memory;
  private final Map<Projection, NpyInput> weights = new EnumMap<>(Projection.class);
  private final Map<Projection, NpyInput> biases = new EnumMap<>(Projection.class);

  /**
   * @param directory of the weights; null to generate them
   */
  MultiHeadFiles(@Nullable NpyInput input, @Nullable NpyInput memory, @Nullable Path directory) {
    this.input = input;
    this.memory = memory;
    for (NpyInput tokens : tokens()) {
      if (tokens.dimensions() != 2 && tokens.dimensions() != 3) {
        throw GaleException.badRequest(
            tokens + ", expected (seqLen, modelDim) or (batchSize, seqLen, modelDim)");
      }
    }
    if (directory != null) {
      read(directory);
    }
  }

  /** The weights, then the biases; empty if they are to be generated. */
  List<NpyInput> weights() {
    List<NpyInput> files = new ArrayList<>(weights.values());
    files.addAll(biases.values());
    return List.copyOf(files);
  }

  /** The projections that have a bias file. */
  Set<Projection> biased() {
    return biases.isEmpty() ? Set.of() : EnumSet.copyOf(biases.keySet());
  }

  /**
   * The shape that files and sizes make together.
   *
   * @param self whether the memory is the input
   */
  MultiHeadShape shape(MultiHeadSizes sizes, boolean self) {
    if (sizes.seqLen != null && (sizes.seqLenQ != null || sizes.seqLenK != null)) {
      throw GaleException.badRequest(
          "--seq-len: not with --seq-len-q or --seq-len-k, which it stands for");
    }
    int length = Checks.or(sizes.seqLen, DEFAULT_LENGTH);
    int seqLenQ = input == null ? Checks.or(sizes.seqLenQ, length) : input.fromEnd(2);
    int seqLenK = seqLenQ;
    if (!self) {
      seqLenK = memory == null ? Checks.or(sizes.seqLenK, length) : memory.fromEnd(2);
    }
    int batchSize = input == null ? Checks.or(sizes.batch, 1) : batch(input);
    if (memory != null && batch(memory) != batchSize) {
      throw mismatch(memory, "batchSize", batch(memory), batchSize, String.valueOf(input));
    }
    int modelDim =
        input == null
            ? rows(Projection.QUERY, Checks.or(sizes.modelDim, DEFAULT_MODEL_DIM))
            : input.fromEnd(1);
    int memoryDim = modelDim;
    if (!self) {
      memoryDim =
          memory == null
              ? rows(Projection.KEY, Checks.or(sizes.memoryDim, modelDim))
              : memory.fromEnd(1);
    }
    return withHeads(sizes, batchSize, seqLenQ, seqLenK, modelDim, memoryDim);
  }

  private MultiHeadShape withHeads(
      MultiHeadSizes sizes, int batchSize, int seqLenQ, int seqLenK, int modelDim, int memoryDim) {
    int numHeads = Checks.or(sizes.heads, DEFAULT_HEADS);
    int numKvHeads = Checks.or(sizes.kvHeads, numHeads);
    Checks.atLeast("--heads", numHeads, 1);
    Checks.atLeast("--kv-heads", numKvHeads, 1);
    int headDim;
    int headDimV;
    if (weights.isEmpty()) {
      headDim =
          sizes.headDim != null
              ? sizes.headDim
              : Checks.shape(() -> MultiHeadShape.self(1, 1, modelDim, numHeads)).headDim();
      headDimV = Checks.or(sizes.headDimV, headDim);
    } else {
      headDim = perHead(Projection.QUERY, "numHeads", numHeads);
      headDimV = perHead(Projection.VALUE, "numKvHeads", numKvHeads);
    }
    MultiHeadShape shape =
        Checks.shape(
            () ->
                new MultiHeadShape(
                    batchSize,
                    seqLenQ,
                    seqLenK,
                    modelDim,
                    memoryDim,
                    numHeads,
                    numKvHeads,
                    headDim,
                    headDimV));
    weights.forEach((projection, file) -> agree(file, projection, shape));
    biases.forEach(
        (projection, file) -> {
          int expected = shape.projection(projection).n();
          if (file.dimensions() != 1 || file.fromEnd(1) != expected) {
            throw GaleException.badRequest(
                file + ", expected (" + expected + ",) as in " + weights.get(projection));
          }
        });
    return shape;
  }

  private static void agree(NpyInput file, Projection projection, MultiHeadShape shape) {
    int rows = shape.projection(projection).k();
    int cols = shape.projection(projection).n();
    if (file.fromEnd(2) != rows || file.fromEnd(1) != cols) {
      String named =
          switch (projection) {
            case QUERY -> "(modelDim, numHeads x headDim)";
            case KEY -> "(memoryDim, numKvHeads x headDim)";
            case VALUE -> "(memoryDim, numKvHeads x headDimV)";
            case OUTPUT -> "(numHeads x headDimV, modelDim)";
          };
      throw GaleException.badRequest(
          file
              + ", expected ("
              + rows
              + ", "
              + cols
              + ") = "
              + named
              + " with numHeads "
              + shape.numHeads()
              + " and numKvHeads "
              + shape.numKvHeads());
    }
  }

  private void read(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw GaleException.badRequest(
          "--weights: "
              + directory
              + ": not a directory, expected one with wq.npy, wk.npy, wv.npy and wo.npy");
    }
    for (Projection projection : Projection.values()) {
      NpyInput weight =
          Checks.file(
              projection.weightName(),
              directory.resolve(projection.weightName() + ".npy"),
              Types.FLOATS);
      if (weight.dimensions() != 2) {
        throw GaleException.badRequest(weight + ", expected 2 dimensions");
      }
      weights.put(projection, weight);
      Path bias = directory.resolve(projection.biasName() + ".npy");
      if (Files.exists(bias)) {
        biases.put(projection, Checks.file(projection.biasName(), bias, Types.FLOATS));
      }
    }
  }

  /** The rows of a weight, or what there is to be without one. */
  private int rows(Projection projection, int otherwise) {
    NpyInput weight = weights.get(projection);
    return weight == null ? otherwise : weight.fromEnd(2);
  }

  /** The columns of a weight for each head. */
  private int perHead(Projection projection, String dimension, int heads) {
    NpyInput weight = java.util.Objects.requireNonNull(weights.get(projection));
    int columns = weight.fromEnd(1);
    if (columns % heads != 0) {
      throw GaleException.badRequest(
          weight + ", columns " + columns + ", expected a multiple of " + dimension + " " + heads);
    }
    return columns / heads;
  }

  private List<NpyInput> tokens() {
    List<NpyInput> tokens = new ArrayList<>();
    if (input != null) {
      tokens.add(input);
    }
    if (memory != null) {
      tokens.add(memory);
    }
    return tokens;
  }

  private static int batch(NpyInput tokens) {
    return tokens.dimensions() == 3 ? tokens.fromEnd(3) : 1;
  }

  private static GaleException mismatch(
      NpyInput file, String dimension, int found, int expected, String source) {
    return GaleException.badRequest(
        file + ", " + dimension + " " + found + ", expected " + expected + " as in " + source);
  }
}
