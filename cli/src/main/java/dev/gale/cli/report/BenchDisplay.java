package dev.gale.cli.report;

import dev.gale.cli.common.Surroundings;

/** Progress of a benchmark on standard error: one line that changes on a terminal, a line a race elsewhere. */
public final class BenchDisplay implements AutoCloseable {

  private static final int WIDTH = 100;

  private final Surroundings surroundings;
  private String race = "";
  private boolean shown;

  public BenchDisplay(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** What is being done; up to the first colon, what is being measured. */
  public void progress(String what) {
    if (surroundings.terminal()) {
      String line = what.length() > WIDTH ? what.substring(0, WIDTH) : what;
      surroundings.err().print("\r" + line + " ".repeat(WIDTH - line.length()));
      surroundings.err().flush();
      shown = true;
      return;
    }
    String begun = what.replaceFirst(": [a-z].*", "");
    if (!begun.equals(race)) {
      race = begun;
      surroundings.err().println(begun + " ...");
    }
  }

  /** Makes room for other lines. */
  public void clear() {
    if (shown) {
      surroundings.err().print("\r" + " ".repeat(WIDTH) + "\r");
      surroundings.err().flush();
      shown = false;
    }
  }

  @Override
  public void close() {
    clear();
  }
}
