package dev.gale.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The sizes of a multi-head attention, as far as no file says them. */
final class MultiHeadSizes {

  @Option(names = "--batch", paramLabel = "N", description = "batchSize (default 1).")
  @Nullable Integer batch;

  @Option(names = "--seq-len", paramLabel = "N", description = "seqLenQ and seqLenK (default 512).")
  @Nullable Integer seqLen;

  @Option(names = "--seq-len-q", paramLabel = "N", description = "seqLenQ.")
  @Nullable Integer seqLenQ;

  @Option(names = "--seq-len-k", paramLabel = "N", description = "seqLenK.")
  @Nullable Integer seqLenK;

  @Option(names = "--model-dim", paramLabel = "N", description = "modelDim (default 512).")
  @Nullable Integer modelDim;

  @Option(names = "--memory-dim", paramLabel = "N", description = "memoryDim (default: modelDim).")
  @Nullable Integer memoryDim;

  @Option(names = "--heads", paramLabel = "N", description = "numHeads (default 8).")
  @Nullable Integer heads;

  @Option(names = "--kv-heads", paramLabel = "N", description = "numKvHeads (default: numHeads).")
  @Nullable Integer kvHeads;

  @Option(
      names = "--head-dim",
      paramLabel = "N",
      description = "headDim (default: modelDim / numHeads).")
  @Nullable Integer headDim;

  @Option(names = "--head-dim-v", paramLabel = "N", description = "headDimV (default: headDim).")
  @Nullable Integer headDimV;

  /** Whether they name a memory that is not the input. */
  boolean nameAMemory() {
    return seqLenK != null || memoryDim != null;
  }

  /** Those that an input file says. */
  Map<String, @Nullable Object> ofInput() {
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    given.put("--batch", batch);
    given.put("--seq-len", seqLen);
    given.put("--seq-len-q", seqLenQ);
    given.put("--seq-len-k", seqLenK);
    given.put("--model-dim", modelDim);
    given.put("--memory-dim", memoryDim);
    return given;
  }

  /** Those that weight files say, once the heads are known. */
  Map<String, @Nullable Object> ofWeights() {
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    given.put("--model-dim", modelDim);
    given.put("--memory-dim", memoryDim);
    given.put("--head-dim", headDim);
    given.put("--head-dim-v", headDimV);
    return given;
  }
}
