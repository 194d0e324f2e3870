package dev.gale.validation.faults;

import dev.gale.models.multihead.ComposedMultiHead;
import dev.gale.models.multihead.MultiHeadOptions;
import dev.gale.models.multihead.MultiHeadShape;
import dev.gale.models.multihead.MultiHeadVariant;
import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.attention.OnlineAttention;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.matmul.PlainMatmul;
import dev.gale.tasks.plan.VariantCatalogue;
import dev.gale.tasks.testing.OnHost;
import dev.gale.validation.cases.MultiHeadCase;
import dev.gale.validation.harness.Harness;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

@OnHost
class MultiHeadFaultsTest {

  private static final MatmulVariant MATMUL = new PlainMatmul();
  private static final AttentionVariant ATTENTION = new OnlineAttention();

  /** Queries, keys and values of the same sizes, so that one can be taken for another. */
  private static final MultiHeadShape SQUARE = new MultiHeadShape(2, 6, 6, 72, 72, 3, 3, 24, 24);

  private static final MultiHeadShape GROUPED = new MultiHeadShape(2, 5, 7, 12, 10, 4, 2, 6, 3);

  private static final List<MultiHeadCase> CASES =
      List.of(
          MultiHeadCase.cross(SQUARE, biasedAndCausal(SQUARE), 1),
          MultiHeadCase.cross(GROUPED, biasedAndCausal(GROUPED), 2));

  private static final List<Fault> IN_THE_KERNELS =
      List.of(
          Fault.of(
              "heads in reverse order", "(i * second + k) *", "(i * second + second - 1 - k) *"),
          Fault.of("every batch written to the first", "int i = ij / first;", "int i = 0;"),
          Fault.of("last token left out", "ij < outer * first;", "ij < outer * first - 1;"),
          Fault.of("last head left out", "k < second;", "k < second - 1;"),
          Fault.of("last element of a head left out", "l < inner;", "l < inner - 1;"),
          Fault.of("wrong stride", "(ij * second + k) * inner", "(k * first + ij) * inner"),
          // Where there is no guard, the JVM device itself refuses the write.
          Fault.of(
              "write past the end",
              "int i = ij / first;",
              "int i = ij / first; int end = outer * first * second * inner;"
                  + " if (ij + k == 0 && output.getSize() > end) { output.set(end, 0.0f); }"),
          Fault.of(
              "input cleared",
              "output.set(target + l, input.get(source + l));",
              "output.set(target + l, input.get(source + l)); input.set(source + l, 0.0f);"),
          Fault.of("bias subtracted", "+ vector.get(j)", "- vector.get(j)"),
          Fault.of("bias by row", "vector.get(j)", "vector.get(i % cols)"),
          Fault.of("bias on the first row alone", "i < rows;", "i < 1;"),
          Fault.of("last columns without bias", "(cols + COLUMNS - 1) / COLUMNS", "cols / COLUMNS"),
          Fault.of("first columns' bias everywhere", "vector.get(j)", "vector.get(j % COLUMNS)"));

  private static final List<Fault> IN_THE_TASKS =
      List.of(
          Fault.of(
              "split as if merging",
              "shape.seqLen(), shape.numHeads(), shape.headDim()",
              "shape.numHeads(), shape.seqLen(), shape.headDim()"),
          Fault.of(
              "merged as if splitting",
              "shape.numHeads(), shape.seqLen(), shape.headDim()",
              "shape.seqLen(), shape.numHeads(), shape.headDim()"),
          Fault.of("bias over the transpose", "bias, rows, cols)", "bias, cols, rows)"),
          Fault.of("bias left out", "if (bias != null) {", "if (false && bias != null) {"),
          Fault.of(
              "bias added twice",
              "BiasAdd.append(graph, task + \"Bias\"",
              "BiasAdd.append(graph, task + \"Twice\", shape.m(), shape.n(), y, bias);"
                  + " BiasAdd.append(graph, task + \"Bias\""));

  private static final List<Fault> IN_THE_GRAPH =
      List.of(
          Fault.of(
              "keys of the input",
              "Projection.KEY, buffers.memory()",
              "Projection.KEY, buffers.input()"),
          Fault.of(
              "values of the input",
              "Projection.VALUE, buffers.memory()",
              "Projection.VALUE, buffers.input()"),
          Fault.of(
              "values by the keys' weights",
              "layer.weights().of(projection)",
              "layer.weights().of(projection == Projection.VALUE ? Projection.KEY : projection)"),
          Fault.of(
              "queries as keys",
              "activations.queries(), activations.keys(),",
              "activations.queries(), activations.queries(),"),
          Fault.of(
              "keys as values",
              "activations.keys(), activations.values(),",
              "activations.keys(), activations.keys(),"),
          Fault.of(
              "not causal",
              "options.attention(), new",
              "options.attention().withCausal(false), new"),
          Fault.of(
              "scale left out",
              "options.attention(), new",
              "options.attention().withScale(1), new"),
          Fault.of(
              "heads not merged",
              "Heads.merge(graph, task + \"Merge\", heads, activations.heads(), merged);",
              ""),
          Fault.of(
              "heads projected unmerged",
              "linear(layer, Projection.OUTPUT, merged,",
              "linear(layer, Projection.OUTPUT, activations.heads(),"),
          Fault.of(
              "last query head not projected",
              "linear(layer, Projection.OUTPUT, merged,",
              "graph.graph().task(task + \"Forgets\", "
                  + "dev.gale.validation.faults.Forgets::lastHead, merged, heads.batchSize() * heads.seqLen(),"
                  + " heads.numHeads(), heads.headDim());"
                  + " linear(layer, Projection.OUTPUT, merged,"));

  private static final Subject COMPOSED =
      new Subject(
          ComposedMultiHead.of(MATMUL, ATTENTION).id(),
          List.of(
              "dev.gale.kernels.layout.SwapMiddleAxes",
              "dev.gale.kernels.elementwise.AddRowVector",
              "dev.gale.tasks.layout.Heads",
              "dev.gale.tasks.elementwise.BiasAdd",
              "dev.gale.models.linear.Linear",
              "dev.gale.models.multihead.ComposedMultiHead"),
          Stream.of(IN_THE_KERNELS, IN_THE_TASKS, IN_THE_GRAPH).flatMap(List::stream).toList());

  @TestFactory
  Stream<DynamicContainer> twins(Device device, @TempDir Path folder) {
    Twins twins =
        new Twins(
            folder,
            (twin, subject) ->
                twin.getMethod("of", MatmulVariant.class, AttentionVariant.class)
                    .invoke(null, MATMUL, ATTENTION));
    return new FaultTests<>(
            MultiHeadVariant.class,
            twins,
            CASES,
            (variant, layer) -> Harness.run(device, variant, layer, 2))
        .of(
            new VariantCatalogue<MultiHeadVariant>(
                "multihead", List.of(ComposedMultiHead.of(MATMUL, ATTENTION))),
            List.of(COMPOSED));
  }

  private static MultiHeadOptions biasedAndCausal(MultiHeadShape shape) {
    return MultiHeadOptions.of(shape).withAllBiases().withCausal(true);
  }
}
