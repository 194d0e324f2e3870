package dev.gale.validation.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.models.linear.LinearWeights;
import dev.gale.models.multihead.ComposedMultiHead;
import dev.gale.models.multihead.MultiHeadActivations;
import dev.gale.models.multihead.MultiHeadBuffers;
import dev.gale.models.multihead.MultiHeadOptions;
import dev.gale.models.multihead.MultiHeadShape;
import dev.gale.models.multihead.MultiHeadVariant;
import dev.gale.models.multihead.MultiHeadWeights;
import dev.gale.tasks.attention.AttentionVariants;
import dev.gale.tasks.attention.OnlineAttention;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.tasks.matmul.PlainMatmul;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.testing.OnHost;
import dev.gale.validation.bounds.FloatModel;
import dev.gale.validation.cases.MultiHeadCase;
import dev.gale.validation.testing.Inputs;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

@OnHost
class MultiHeadTrialsTest {

  private static final MultiHeadVariant RIGHT =
      ComposedMultiHead.of(new PlainMatmul(), new OnlineAttention());

  /** Which of a variant's graphs has another bias: the first brings its activations back, the second does not. */
  private record OtherBias(MultiHeadVariant right, int graph, float factor, int[] graphs)
      implements MultiHeadVariant {

    OtherBias(int graph, float factor) {
      this(RIGHT, graph, factor, new int[1]);
    }

    @Override
    public String id() {
      return "other-bias";
    }

    @Override
    public Dialect dialect() {
      return right.dialect();
    }

    @Override
    public void check(DeviceInfo device, MultiHeadShape shape, MultiHeadOptions options) {
      right.check(device, shape, options);
    }

    @Override
    public void append(
        GraphBuilder graph,
        String task,
        MultiHeadShape shape,
        MultiHeadOptions options,
        MultiHeadWeights weights,
        MultiHeadBuffers buffers,
        MultiHeadActivations activations) {
      MultiHeadWeights used = weights;
      if (graphs[0]++ == this.graph) {
        FloatArray bias = weights.value().bias();
        FloatArray other = Inputs.of(bias.getSize(), i -> factor * bias.get(i));
        graph.constants(other);
        used =
            new MultiHeadWeights(
                weights.query(),
                weights.key(),
                new LinearWeights(weights.value().weight(), other),
                weights.output());
      }
      right.append(graph, task, shape, options, used, buffers, activations);
    }
  }

  private static final MultiHeadShape LARGE = MultiHeadShape.self(1, 9, 192, 4);

  @Test
  void tellsAnErrorThatTheBoundOfTheWholeLayerHides(Device device) {
    MultiHeadCase layer = self(LARGE);
    float factor = 1.002f;
    Trial trial = Harness.run(device, new OtherBias(0, factor), layer, 1);
    assertThat(trial.verdict().passed()).isFalse();
    assertThat(trial.verdict().complaint())
        .startsWith("multihead on host:0, step by step: values[0,0,")
        .endsWith("; seed 1");

    // The same error within the whole: the steps' graph is right, only the bits tell.
    Trial whole = Harness.run(device, new OtherBias(1, factor), layer, 1);
    assertThat(whole.verdict().outside()).isZero();
    assertThat(whole.verdict().passed()).isFalse();
    assertThat(whole.verdict().complaint())
        .contains("multihead on host:0: output[0,0,0] = ")
        .contains(" in the run that was judged step by step; ");
  }

  /** Their bits may differ from run to run, but not by as much as an error. */
  @Test
  void tellsAnErrorThatTheBoundOfTheWholeLayerHides_inVectorKernels(Device device) {
    MultiHeadVariant vector =
        ComposedMultiHead.of(
            MatmulVariants.catalogue().byId("vector"),
            AttentionVariants.catalogue().byId("vector"));
    MultiHeadCase layer = self(LARGE);
    assertThat(Harness.run(device, vector, layer, 3).verdict().complaint()).isNull();
    MultiHeadVariant wrong = new OtherBias(vector, 1, 1.002f, new int[1]);
    Trial trial = Harness.run(device, wrong, layer, 1);
    assertThat(trial.verdict().outside()).isZero();
    assertThat(trial.verdict().complaint())
        .contains("multihead on host:0, given what was judged step by step: output[0,0,");
  }

  @Test
  void tellsAnErrorOfTheWholeLayer(Device device) {
    Trial trial = Harness.run(device, new OtherBias(1, 2), self(LARGE), 1);
    assertThat(trial.verdict().outside()).isPositive();
    assertThat(trial.verdict().complaint()).contains("multihead on host:0: output[0,");
  }

  @Test
  void runsAnotherCaseOnTheSamePlan(Device device) {
    MultiHeadCase first = self(LARGE);
    MultiHeadCase second =
        new MultiHeadCase(
            LARGE,
            first.options(),
            first.weights(),
            Inputs.normal(LARGE.inputElements(), 3),
            Inputs.normal(LARGE.inputElements(), 3),
            first.mask());
    MultiHeadCase selfAgain =
        new MultiHeadCase(
            LARGE, first.options(), first.weights(), second.input(), second.input(), first.mask());
    try (MultiHeadTrials trials = new MultiHeadTrials(device, RIGHT, first)) {
      Trial before = trials.run(first, 1, run -> {});
      Trial after = trials.run(selfAgain, 1, run -> {});
      assertThat(before.verdict().complaint()).isNull();
      assertThat(after.verdict().complaint()).isNull();
      assertThat(after.outputs().get("output").toHeapArray())
          .isNotEqualTo(before.outputs().get("output").toHeapArray());
      assertThatThrownBy(() -> trials.run(second, 1, run -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("self: false, expected true");
      assertThatThrownBy(() -> trials.run(self(MultiHeadShape.self(1, 9, 8, 2)), 1, run -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("shape: ");
    }
  }

  /** It does not for layers much larger than these, which is why each step is judged. */
  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64})
  void theBoundOfTheWholeLayerSaysSomething(int modelDim) {
    MultiHeadCase layer = self(MultiHeadShape.self(1, 33, modelDim, 4));
    List<Expected> expected = new MultiHeadSteps(layer, FloatModel.JAVA).ofInputs();
    double[] magnitudes =
        Arrays.stream(expected.getLast().reference()).map(Math::abs).sorted().toArray();
    double[] bounds = expected.getLast().bounds().clone();
    Arrays.sort(bounds);
    assertThat(bounds[bounds.length / 2]).isLessThan(magnitudes[magnitudes.length / 2] / 100);
  }

  private static MultiHeadCase self(MultiHeadShape shape) {
    return MultiHeadCase.self(shape, MultiHeadOptions.of(shape).withAllBiases(), 1);
  }
}
