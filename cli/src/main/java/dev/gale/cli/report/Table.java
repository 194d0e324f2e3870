package dev.gale.cli.report;

import java.util.ArrayList;
import java.util.List;

/** Columns aligned with blanks; the last one is not padded. */
final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... head) {
    rows.add(List.of(head));
  }

  void row(String... cells) {
    rows.add(List.of(cells));
  }

  List<String> lines() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      // The last cell of a short row is a remark that runs on to the right: it widens no column.
      int measured = row.size() < columns ? row.size() - 1 : row.size();
      for (int c = 0; c < measured; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < row.size(); c++) {
      String cell = row.get(c);
      line.append(cell);
      if (c < row.size() - 1) {
        line.append(" ".repeat(Math.max(0, widths[c] - cell.length()) + 2));
      }
    }
    return line.toString();
  }
}
