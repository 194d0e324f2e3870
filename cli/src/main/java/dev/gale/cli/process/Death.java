package dev.gale.cli.process;

import java.io.IOException;
import java.nio.file.Path;

/** How a process ended that should not have. */
final class Death {

  private Death() {}

  /**
   * In words.
   *
   * @param status its exit status
   * @param directory its private directory
   * @param doing what it was doing
   * @param log what it printed
   */
  static String describe(int status, Path directory, String doing, Path log) throws IOException {
    String crash = CrashReport.describe(directory.resolve(CrashReport.FILE));
    if (crash != null) {
      return "worker process crashed with " + crash + " (" + doing + "); log: " + log;
    }
    String lastWords = Text.lastLine(Text.end(log));
    return "worker process died with "
        + Signals.describe(status)
        + " ("
        + doing
        + ")"
        + (lastWords.isEmpty() ? "" : "; its last words: " + lastWords)
        + "; log: "
        + log;
  }
}
