package dev.gale.validation.harness;

import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What some rows of an output must be; of the others, that every element is a finite number.
 *
 * @param name the output's name
 * @param dims the dimensions of all of its rows, such as [batchSize, numHeads, seqLenQ]
 * @param rowLength elements of a row
 * @param rows the rows that are judged, counted over all dimensions, ascending
 * @param reference the double-precision value of each element of these rows, row by row
 * @param bounds how far each of them may be from it
 */
// As large as the outputs: never compared, not copied.
@SuppressWarnings("ArrayRecordComponent")
public record ExpectedRows(
    String name,
    List<Integer> dims,
    int rowLength,
    int[] rows,
    double[] reference,
    double[] bounds) {

  public ExpectedRows {
    dims = List.copyOf(dims);
    if (reference.length != rows.length * rowLength || bounds.length != reference.length) {
      throw new IllegalArgumentException(
          name
              + ": "
              + reference.length
              + " references and "
              + bounds.length
              + " bounds, expected "
              + rows.length
              + " rows of "
              + rowLength);
    }
  }

  /** How many rows the output has. */
  public int totalRows() {
    return dims.stream().reduce(1, Math::multiplyExact);
  }

  /**
   * Judges an output.
   *
   * @param where what ran where, the beginning of a complaint
   * @param actual the whole output; a guard may follow
   */
  Verdict judge(String where, FloatArray actual) {
    Verdict verdict = new Verdict(0, 0, 0, 0, null);
    FloatArray row = new FloatArray(rowLength);
    for (int r = 0; r < rows.length; r++) {
      for (int j = 0; j < rowLength; j++) {
        row.set(j, actual.get(rows[r] * rowLength + j));
      }
      verdict = Judge.together(verdict, Judge.judge(where, expected(r), row));
    }
    return rows.length == totalRows()
        ? verdict
        : Judge.together(verdict, judgeTheRest(where, actual));
  }

  private Expected expected(int r) {
    int from = r * rowLength;
    return new Expected(
        name + index(rows[r]),
        List.of(rowLength),
        Arrays.copyOfRange(reference, from, from + rowLength),
        Arrays.copyOfRange(bounds, from, from + rowLength));
  }

  private Verdict judgeTheRest(String where, FloatArray actual) {
    int elements = totalRows() * rowLength;
    int notFinite = 0;
    int first = -1;
    for (int i = 0; i < elements; i++) {
      if (!Float.isFinite(actual.get(i))) {
        notFinite++;
        first = first < 0 ? i : first;
      }
    }
    if (notFinite == 0) {
      return new Verdict(0, 0, 0, 0, null);
    }
    String complaint =
        where
            + ": "
            + name
            + index(first / rowLength)
            + "["
            + first % rowLength
            + "] = "
            + actual.get(first)
            + ", expected a finite number; "
            + notFinite
            + " of "
            + elements
            + " are not";
    return new Verdict(0, notFinite, 0, 0, complaint);
  }

  /** The place of a row, as in {@code [0,3,17]}. */
  private String index(int row) {
    StringBuilder index = new StringBuilder();
    int rest = row;
    for (int d = dims.size() - 1; d >= 0; d--) {
      index.insert(0, (d == 0 ? "" : ",") + rest % dims.get(d));
      rest /= dims.get(d);
    }
    return "[" + index + "]";
  }
}
