package dev.gale.validation.faults;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.tasks.softmax.SoftmaxVariant;
import dev.gale.tasks.softmax.SoftmaxVariants;
import dev.gale.tasks.testing.OnHost;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.harness.Harness;
import dev.gale.validation.testing.EachThread;
import dev.gale.validation.testing.Inputs;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

@OnHost
class SoftmaxFaultsTest {

  /** Nothing that vectors divide, long rows of whole vectors, and both kinds of whole vectors with several rows a work item. */
  private static final List<SoftmaxCase> CASES =
      Stream.of(
              new SoftmaxShape(5, 301),
              new SoftmaxShape(5, 1040),
              new SoftmaxShape(EachThread.rows(), 240),
              new SoftmaxShape(EachThread.rows(), 272))
          .flatMap(SoftmaxFaultsTest::cases)
          .toList();

  private static Stream<SoftmaxCase> cases(SoftmaxShape shape) {
    int cols = shape.cols();
    int elements = shape.rows() * cols;
    FloatArray normal = Inputs.normal(elements, 1);
    return Stream.of(
            normal,
            Inputs.with(
                Inputs.of(elements, i -> -500 - Math.abs(normal.get(i))),
                3 * cols + 130,
                Float.NEGATIVE_INFINITY),
            Inputs.normal(elements, 1e4, 2),
            Inputs.of(elements, i -> i % cols == cols - 1 ? 200 : normal.get(i)),
            Inputs.with(normal, cols, cols, Float.NEGATIVE_INFINITY),
            Inputs.with(normal, 3 * cols + 130, -60),
            Inputs.with(normal, 2 * cols + 98, Float.NaN),
            Inputs.with(normal, 2 * cols + 98, Float.POSITIVE_INFINITY))
        .map(logits -> new SoftmaxCase(shape, logits));
  }

  @TestFactory
  Stream<DynamicContainer> twins(Device device, @TempDir Path folder) {
    return new FaultTests<>(
            SoftmaxVariant.class,
            new Twins(folder),
            CASES,
            (variant, softmax) -> Harness.run(device, variant, softmax, 2))
        .of(
            SoftmaxVariants.catalogue(),
            List.of(
                SoftmaxFaults.THREE_PASS,
                SoftmaxFaults.ONLINE,
                SoftmaxFaults.WORK_GROUP,
                BlockedFaults.SOFTMAX,
                VectorFaults.SOFTMAX));
  }
}
