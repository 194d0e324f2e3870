package dev.gale.cli.tune;

import dev.gale.benchmarks.work.Work;
import dev.gale.tasks.choice.ShapeClass;

/** The work that stands for each class of shapes: large enough to show what is slow, small enough to be over soon. */
final class TuningWorks {

  private TuningWorks() {}

  static Work of(ShapeClass shapes) {
    return switch (shapes) {
      case MATMUL_FEW_ROWS -> Work.parse("matmul", "4x1024x1024");
      case MATMUL_SMALL -> Work.parse("matmul", "128");
      case MATMUL_LARGE -> Work.parse("matmul", "512");
      case SOFTMAX_SHORT_ROWS -> Work.parse("softmax", "8192x64");
      case SOFTMAX_MEDIUM_ROWS -> Work.parse("softmax", "1024x1024");
      case SOFTMAX_LONG_ROWS -> Work.parse("softmax", "64x32768");
      case ATTENTION_DECODE -> Work.parse("attention", "16/4x1x4096x64");
      case ATTENTION_SHORT -> Work.parse("attention", "12x128x64");
      case ATTENTION_LONG -> Work.parse("attention", "4x512x64");
    };
  }
}
