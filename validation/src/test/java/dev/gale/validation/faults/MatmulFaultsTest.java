package dev.gale.validation.faults;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.tasks.testing.OnHost;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.harness.Harness;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

@OnHost
class MatmulFaultsTest {

  private static final List<MatmulCase> CASES =
      List.of(
          MatmulCase.generated(new MatmulShape(35, 37, 41), 1),
          MatmulCase.generated(new MatmulShape(32, 32, 32), 2));

  private static final Fault PAST_THE_END =
      Fault.of(
          "write past the end",
          "c.set(i * n + j, sum);",
          "c.set(i * n + j, sum); if (i == m - 1) { c.set(m * n, sum); }");

  private static final Subject PLAIN =
      new Subject(
          "plain",
          "dev.gale.kernels.matmul.MatmulPlain",
          "dev.gale.tasks.matmul.PlainMatmul",
          List.of(
              PAST_THE_END,
              Fault.of("last term left out", "l < k;", "l < k - 1;"),
              Fault.of("last row unwritten", "i < m;", "i < m - 1;"),
              Fault.of("wrong stride", "b.get(l * n + j)", "b.get(j * k + l)"),
              Fault.of("sum started from the output", "sum = 0.0f;", "sum = c.get(i * n + j);"),
              Fault.of(
                  "write before the start",
                  "c.set(i * n + j, sum);",
                  "c.set(i * n + j, sum); if (i == 0 && j == 0) { c.set(-1, sum); }"),
              Fault.of(
                  "input written",
                  "c.set(i * n + j, sum);",
                  "c.set(i * n + j, sum); if (i + j == 0) { b.set(k * n - 1, sum); }"),
              Fault.of(
                  "factors rounded to half precision",
                  "a.get(i * k + l)",
                  "Float.float16ToFloat(Float.floatToFloat16(a.get(i * k + l)))"),
              Fault.of(
                  "one element left over from the run before",
                  "c.set(i * n + j, sum);",
                  "if (i + j > 0) { c.set(i * n + j, sum); }")));

  private static final Subject BLOCKED =
      new Subject(
          "blocked",
          "dev.gale.kernels.matmul.MatmulBlocked",
          "dev.gale.tasks.matmul.BlockedMatmul",
          List.of(
              Fault.of("last row of a block unwritten", "rows > 7", "rows > 8"),
              Fault.of("wrong row of A", "broadcast(a.get(al + 5))", "broadcast(a.get(al + 4))"),
              Fault.of("wrong column at the edge", "min(3, last)", "min(2, last)"),
              Fault.of("sums mixed up", "sum3 = Float16.add(sum3,", "sum3 = Float16.add(sum2,"),
              Fault.of(
                  "last term left out",
                  "for (int l = 0; l < k; l++) { Float16 bl",
                  "for (int l = 0; l < k - 1; l++) { Float16 bl"),
              Fault.of("write past the end", "if (columns > 15) {", "if (columns > 0) {"),
              Fault.of("rows packed one off", "block * ROWS + r, m - 1", "block * ROWS + r, m - 2"),
              Fault.inVariant(
                  "operand not packed",
                  ".task(task + \"-pack-b\", MatmulBlocked::packB, b, packedColumns, n, k)",
                  "")));

  private static final Subject TILED =
      new Subject(
          "tiled",
          "dev.gale.kernels.matmul.MatmulTiled",
          "dev.gale.tasks.matmul.TiledMatmul",
          List.of(
              Fault.missingBarrier(0, "between load and use"),
              Fault.missingBarrier(1, "between use and the next load"),
              Fault.of("last tile skipped", "first < k;", "first + TILE <= k;"),
              Fault.of("wrong stride in the tile", "tileB[l * TILE + x]", "tileB[x * TILE + l]"),
              Fault.of("last term left out", "first + y < k", "first + y < k - 1"),
              Fault.of("last row unwritten", "row < m && column < n", "row < m - 1 && column < n"),
              Fault.of("write past the end", "row < m && column < n", "row < m"),
              Fault.of("tiles not summed", "sum += tileA", "sum = tileA"),
              Fault.inVariant("too few groups", "wholeTiles(shape.m())", "shape.m() / 16 * 16")));

  @TestFactory
  Stream<DynamicContainer> twins(Device device, @TempDir Path folder) {
    return new FaultTests<>(
            MatmulVariant.class,
            new Twins(folder),
            CASES,
            (variant, matmul) -> Harness.run(device, variant, matmul, 2))
        .of(MatmulVariants.catalogue(), List.of(PLAIN, BLOCKED, TILED));
  }
}
