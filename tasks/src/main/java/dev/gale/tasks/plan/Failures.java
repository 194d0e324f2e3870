package dev.gale.tasks.plan;

/** Words for what a runtime threw. */
final class Failures {

  private Failures() {}

  /** The failure and its deepest cause on one line. */
  static String oneLine(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message =
        String.valueOf(root.getMessage())
            .strip()
            .replaceAll("\u001B\\[[0-9;]*m", "")
            .replaceAll("\\s+", " ");
    return root.getClass().getSimpleName() + ": " + message;
  }
}
