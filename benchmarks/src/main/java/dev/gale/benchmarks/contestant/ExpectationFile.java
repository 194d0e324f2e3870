package dev.gale.benchmarks.contestant;

import dev.gale.validation.harness.ExpectedRows;
import dev.gale.validation.harness.Projection;
import dev.gale.validation.harness.SampledExpectation;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** An expectation in a file, for the other contestants of the same race; read by the build that wrote it. */
final class ExpectationFile {

  private static final int BUFFER = 1 << 20;

  private ExpectationFile() {}

  static void write(Path file, SampledExpectation expectation) throws IOException {
    Path part = Files.createTempFile(file.toAbsolutePath().getParent(), "expected-", ".part");
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part), BUFFER))) {
      out.writeInt(expectation.outputs().size());
      for (ExpectedRows rows : expectation.outputs()) {
        out.writeUTF(rows.name());
        out.writeInt(rows.dims().size());
        for (int dim : rows.dims()) {
          out.writeInt(dim);
        }
        out.writeInt(rows.rowLength());
        out.writeInt(rows.rows().length);
        for (int row : rows.rows()) {
          out.writeInt(row);
        }
        write(out, rows.reference());
        write(out, rows.bounds());
      }
      Projection projection = expectation.projection();
      out.writeBoolean(projection != null);
      if (projection != null) {
        out.writeInt(projection.signs().length);
        out.write(projection.signs());
        write(out, projection.expected());
        write(out, projection.bounds());
      }
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  static SampledExpectation read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
      List<ExpectedRows> outputs = new ArrayList<>();
      int count = in.readInt();
      for (int o = 0; o < count; o++) {
        String name = in.readUTF();
        List<Integer> dims = new ArrayList<>();
        int dimensions = in.readInt();
        for (int d = 0; d < dimensions; d++) {
          dims.add(in.readInt());
        }
        int rowLength = in.readInt();
        int[] rows = new int[in.readInt()];
        for (int r = 0; r < rows.length; r++) {
          rows[r] = in.readInt();
        }
        outputs.add(new ExpectedRows(name, dims, rowLength, rows, doubles(in), doubles(in)));
      }
      Projection projection = null;
      if (in.readBoolean()) {
        byte[] signs = in.readNBytes(in.readInt());
        projection = new Projection(signs, doubles(in), doubles(in));
      }
      return new SampledExpectation(outputs, projection);
    }
  }

  private static void write(DataOutputStream out, double[] values) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  private static double[] doubles(DataInputStream in) throws IOException {
    double[] values = new double[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }
}
