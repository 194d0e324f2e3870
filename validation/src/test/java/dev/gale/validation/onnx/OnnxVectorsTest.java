package dev.gale.validation.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.gale.tasks.attention.AttentionVariants;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.tasks.plan.Variant;
import dev.gale.tasks.plan.VariantCatalogue;
import dev.gale.tasks.softmax.SoftmaxVariants;
import dev.gale.tasks.testing.OnHost;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.harness.AttentionTrials;
import dev.gale.validation.harness.Expected;
import dev.gale.validation.harness.Harness;
import dev.gale.validation.harness.Judge;
import dev.gale.validation.harness.MatmulTrials;
import dev.gale.validation.harness.SoftmaxTrials;
import dev.gale.validation.harness.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The ONNX project's backend test vectors (github.com/onnx/onnx, onnx/backend/test/data/node), from the folder that the
 * system property {@code gale.onnx.vectors} names. What a vector says must be within the bound of Gale's reference, and
 * so must every variant's result. The vectors were computed in fp32 by NumPy, whose exponential is as accurate as
 * OpenCL's.
 */
@OnHost
class OnnxVectorsTest {

  private static final String FOLDER = "gale.onnx.vectors";
  private static final FloatModel NUMPY = FloatModel.OPENCL;

  @TestFactory
  Stream<DynamicTest> agreesWithTheVectors(Device device) {
    String folder = System.getProperty(FOLDER, "");
    if (folder.isBlank()) {
      return Stream.of(
          DynamicTest.dynamicTest(
              "no vectors",
              () -> abort(FOLDER + " is not set: no folder of ONNX vectors to test against")));
    }
    List<OnnxVector> vectors = OnnxVector.all(Path.of(folder));
    assertThat(vectors).as("vectors in %s", folder).isNotEmpty();
    return vectors.stream()
        .map(vector -> DynamicTest.dynamicTest(vector.name(), () -> check(vector, device)));
  }

  private static void check(OnnxVector vector, Device device) {
    switch (vector.operator()) {
      case "MatMul" -> OnnxMatmul.ofMatMul(vector).forEach(product -> check(product, device));
      case "Gemm" -> check(OnnxMatmul.ofGemm(vector), device);
      case "Softmax" -> check(OnnxSoftmax.of(vector), device);
      case "Attention" -> {
        String unsupported = OnnxAttention.unsupported(vector);
        if (unsupported != null) {
          abort("Gale's attention does not have " + unsupported);
        }
        check(OnnxAttention.of(vector), device);
      }
      default -> abort("Gale has no operator " + vector.operator());
    }
  }

  private static void check(OnnxMatmul product, Device device) {
    agrees(MatmulTrials.expected(product.matmul(), NUMPY), product.c());
    passes(
        MatmulVariants.catalogue(),
        device,
        variant -> Harness.run(device, variant, product.matmul(), 1));
  }

  private static void check(OnnxSoftmax softmax, Device device) {
    agrees(SoftmaxTrials.expected(softmax.softmax(), NUMPY), softmax.probabilities());
    passes(
        SoftmaxVariants.catalogue(),
        device,
        variant -> Harness.run(device, variant, softmax.softmax(), 1));
  }

  private static void check(OnnxAttention attention, Device device) {
    agrees(AttentionTrials.expected(attention.attention(), NUMPY).getFirst(), attention.output());
    passes(
        AttentionVariants.catalogue(),
        device,
        variant -> Harness.run(device, variant, attention.attention(), 1));
  }

  private static void agrees(Expected reference, FloatArray vector) {
    var verdict = Judge.judge("the vector", reference, vector);
    assertThat(verdict.passed()).as(verdict.complaint()).isTrue();
  }

  private static <V extends Variant> void passes(
      VariantCatalogue<V> catalogue, Device device, Function<V, Trial> run) {
    for (V variant : catalogue.runningOn(device.info())) {
      Trial trial = run.apply(variant);
      assertThat(trial.verdict().passed())
          .as("%s: %s", variant.id(), trial.verdict().complaint())
          .isTrue();
    }
  }
}
