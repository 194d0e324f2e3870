package dev.gale.validation.faults;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.tasks.softmax.SoftmaxVariant;
import dev.gale.tasks.softmax.SoftmaxVariants;
import dev.gale.tasks.testing.OnHost;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.harness.Harness;
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

  private static final SoftmaxShape SHAPE = new SoftmaxShape(5, 301);
  private static final int ELEMENTS = SHAPE.rows() * SHAPE.cols();
  private static final FloatArray NORMAL = Inputs.normal(ELEMENTS, 1);

  private static final List<SoftmaxCase> CASES =
      List.of(
          new SoftmaxCase(SHAPE, NORMAL),
          new SoftmaxCase(SHAPE, Inputs.of(ELEMENTS, i -> -500 - Math.abs(NORMAL.get(i)))),
          new SoftmaxCase(SHAPE, Inputs.normal(ELEMENTS, 1e4, 2)),
          new SoftmaxCase(SHAPE, Inputs.of(ELEMENTS, i -> i % 301 == 300 ? 200 : NORMAL.get(i))),
          new SoftmaxCase(SHAPE, Inputs.with(NORMAL, 301, SHAPE.cols(), Float.NEGATIVE_INFINITY)),
          new SoftmaxCase(SHAPE, Inputs.with(NORMAL, 700, Float.NaN)),
          new SoftmaxCase(SHAPE, Inputs.with(NORMAL, 700, Float.POSITIVE_INFINITY)));

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
