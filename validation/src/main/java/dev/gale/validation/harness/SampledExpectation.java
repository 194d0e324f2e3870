package dev.gale.validation.harness;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What the outputs of an operator must be, as far as a reference was computed: some rows of them completely.
 *
 * @param outputs the rows of each output, in the operator's order
 * @param projection of the first output, where rows of it were left out and there is one; else null
 */
public record SampledExpectation(List<ExpectedRows> outputs, @Nullable Projection projection) {

  public SampledExpectation {
    outputs = List.copyOf(outputs);
  }

  /**
   * Judges the first outputs, as many as are given.
   *
   * @param where what ran where, the beginning of a complaint
   * @param actual whole outputs; guards may follow
   */
  public Verdict judge(String where, FloatArray... actual) {
    Verdict verdict = new Verdict(0, 0, 0, 0, null);
    for (int i = 0; i < actual.length; i++) {
      verdict = Judge.together(verdict, outputs.get(i).judge(where, actual[i]));
    }
    return projection == null
        ? verdict
        : Judge.together(verdict, projection.judge(where, actual[0]));
  }

  /** What is judged, as in {@code all rows} or {@code 64 of 4096 rows, all rows by projection}. */
  public String coverage() {
    ExpectedRows first = outputs.getFirst();
    if (first.rows().length == first.totalRows()) {
      return "all rows";
    }
    return first.rows().length
        + " of "
        + first.totalRows()
        + " rows"
        + (projection == null ? ", the others finite" : ", all rows by projection");
  }
}
