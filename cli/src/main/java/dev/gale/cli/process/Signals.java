package dev.gale.cli.process;

import java.util.Map;

/** The end of a process in words. */
final class Signals {

  /** What Java adds to the number of the signal that ended a process. */
  private static final int SIGNALLED = 128;

  private static final Map<Integer, String> NAMES =
      Map.of(
          4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV", 15,
          "SIGTERM");

  private Signals() {}

  static String describe(int status) {
    String name = NAMES.get(status - SIGNALLED);
    return name == null ? "status " + status : "signal " + (status - SIGNALLED) + " (" + name + ")";
  }
}
