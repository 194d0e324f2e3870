package dev.gale.validation.faults;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.tasks.testing.OnHost;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.harness.Harness;
import dev.gale.validation.testing.EachThread;
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
          MatmulCase.generated(new MatmulShape(32, 32, 32), 2),
          // More than the vector kernel sums at once.
          MatmulCase.generated(new MatmulShape(13, 33, 600), 3),
          // Columns enough for each thread to pack its own, rows more than it copies at once.
          MatmulCase.generated(new MatmulShape(137, EachThread.columns(), 128), 4),
          // Fewer rows than a block has.
          MatmulCase.generated(new MatmulShape(5, 37, 20), 5),
          // Few rows, whole vectors and not.
          MatmulCase.generated(new MatmulShape(6, 64, 23), 6),
          MatmulCase.generated(new MatmulShape(2, 37, 41), 7),
          // Few columns, few terms: several items, the last one smaller.
          MatmulCase.generated(new MatmulShape(62, 64, 48), 8),
          MatmulCase.generated(new MatmulShape(61, 160, 20), 9));

  @TestFactory
  Stream<DynamicContainer> twins(Device device, @TempDir Path folder) {
    return new FaultTests<>(
            MatmulVariant.class,
            new Twins(folder),
            CASES,
            (variant, matmul) -> Harness.run(device, variant, matmul, 2))
        .of(
            MatmulVariants.catalogue(),
            List.of(
                MatmulFaults.PLAIN,
                MatmulFaults.BLOCKED,
                MatmulFaults.SMALL,
                MatmulFaults.TILED,
                VectorFaults.MATMUL));
  }
}
