package dev.gale.benchmarks.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lists of works that are measured together. */
// The list is filled by the constructor alone, with records.
@SuppressWarnings("ImmutableEnumChecker")
public enum Preset {
  /** One or two of each operator: a couple of minutes. */
  QUICK(List.of("512", "1024"), List.of("4096x4096"), List.of("8x1024x64", "8x1024x64:causal")),

  /** Square matrices, and the rectangles of the layers of BERT (512 tokens) and Llama (2048 tokens, then one). */
  MATMUL(
      List.of(
          "512",
          "1024",
          "2048",
          "4096",
          "512x768x768",
          "512x3072x768",
          "1024x1024x64",
          "1024x64x1024",
          "2048x4096x4096",
          "1x4096x4096"),
      List.of(),
      List.of()),

  /** From 64 to 65,536 columns; the first does not leave the cache. */
  SOFTMAX(
      List.of(),
      List.of(
          "1024x64", "65536x64", "16384x256", "4096x1024", "4096x4096", "1024x16384", "256x65536"),
      List.of()),

  /** Heads and lengths of known models, each causal too, decoding, long sequences, and one that is mere overhead. */
  ATTENTION(
      List.of(),
      List.of(),
      List.of(
          "1x64x64",
          "8x1024x64",
          "8x1024x64:causal",
          "12x512x64",
          "12x512x64:causal",
          "32/8x2048x128",
          "32/8x2048x128:causal",
          "16x4096x64",
          "16x4096x64:causal",
          "32x1x8192x128",
          "32/8x1x8192x128",
          "1x32768x64",
          "1x32768x64:causal")),

  /** All of them: an hour or more. */
  FULL(MATMUL, SOFTMAX, ATTENTION);

  private final List<Work> works = new ArrayList<>();

  Preset(List<String> matmuls, List<String> softmaxes, List<String> attentions) {
    matmuls.forEach(shape -> works.add(MatmulWork.parse(shape)));
    softmaxes.forEach(shape -> works.add(SoftmaxWork.parse(shape)));
    attentions.forEach(shape -> works.add(AttentionWork.parse(shape)));
  }

  Preset(Preset... parts) {
    for (Preset part : parts) {
      works.addAll(part.works);
    }
  }

  /** What is measured, in this order. */
  public List<Work> works() {
    return List.copyOf(works);
  }

  /** As people write it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
