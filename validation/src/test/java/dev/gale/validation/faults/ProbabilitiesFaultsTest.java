package dev.gale.validation.faults;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.plan.VariantCatalogue;
import dev.gale.tasks.testing.OnHost;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.harness.AttentionTrials;
import dev.gale.validation.harness.ProbabilitiesTrial;
import dev.gale.validation.harness.Trial;
import dev.gale.validation.testing.Inputs;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

@OnHost
class ProbabilitiesFaultsTest {

  private static final Subject PLAIN =
      new Subject(
          "plain",
          List.of(
              "dev.gale.kernels.attention.ProbabilitiesFromLse",
              "dev.gale.validation.faults.PlainProbabilities"),
          List.of(
              Fault.of("scale left out", "options.scale()", "1.0f"),
              Fault.of(
                  "causal off by one", "j > i - seqLenQ + seqLenK", "j >= i - seqLenQ + seqLenK"),
              Fault.of("wrong key head", "h / groupSize) * seqLenK", "h % 2) * seqLenK"),
              Fault.of(
                  "lse of the head's first row",
                  "lse.get(h * seqLenQ + i)",
                  "lse.get(h * seqLenQ)"),
              Fault.of(
                  "hidden NaN used",
                  "if (bias != Float.NEGATIVE_INFINITY) {",
                  "if (groupSize > 0) {"),
              Fault.of("mask left out", "scale * dot + bias - shift", "scale * dot - shift"),
              Fault.of("last element of the product left out", "d < headDim;", "d < headDim - 1;"),
              Fault.of("last key unwritten", "j < seqLenK;", "j < seqLenK - 1;"),
              Fault.of("base 2", "TornadoMath.exp(", "(float) Math.pow(2, ")));

  @TestFactory
  Stream<DynamicContainer> twins(Device device, @TempDir Path folder) {
    return new FaultTests<>(
            ProbabilitiesVariant.class,
            new Twins(folder),
            AttentionFaultCases.all(),
            (variant, attention) -> run(device, variant, attention))
        .of(
            new VariantCatalogue<ProbabilitiesVariant>(
                "probabilities", List.of(new PlainProbabilities())),
            List.of(PLAIN));
  }

  private static Trial run(Device device, ProbabilitiesVariant variant, AttentionCase attention) {
    double[] reference = AttentionTrials.expected(attention, FloatModel.JAVA).getLast().reference();
    return ProbabilitiesTrial.run(
        device,
        attention,
        Inputs.of(reference.length, row -> reference[row]),
        (queries, keys, mask, lse, probabilities) -> {
          GraphBuilder graph =
              new GraphBuilder("probabilities", device, PlanOptions.GUARDED)
                  .inputs(queries, keys, mask, lse)
                  .outputs(probabilities);
          variant.append(graph, attention, queries, keys, mask, lse, probabilities);
          return new ProbabilitiesOperator(variant.id(), graph.build());
        });
  }
}
