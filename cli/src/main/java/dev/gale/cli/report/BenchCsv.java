package dev.gale.cli.report;

import dev.gale.cli.bench.RaceResult;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Races as comma-separated values (RFC 4180), a line a contestant, written race by race. */
public final class BenchCsv {

  private final Writer writer;
  private boolean headed;

  public BenchCsv(Writer writer) {
    this.writer = writer;
  }

  /** Adds a race, under a head if it is the first. */
  public void add(RaceResult result) throws IOException {
    for (Map<String, @Nullable Object> fields : BenchRecord.of(result)) {
      if (!headed) {
        writer.write(String.join(",", fields.keySet()) + "\r\n");
        headed = true;
      }
      writer.write(
          fields.values().stream().map(BenchCsv::field).collect(Collectors.joining(",")) + "\r\n");
    }
    writer.flush();
  }

  private static String field(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
