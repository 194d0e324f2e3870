package dev.gale.models.multihead;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.models.linear.LinearWeights;
import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.testing.OnHost;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

@OnHost
class MultiHeadBadInputTest {

  private static final MultiHeadShape SHAPE = new MultiHeadShape(2, 5, 7, 24, 20, 4, 2, 6, 3);
  private static final MultiHeadOptions OPTIONS = MultiHeadOptions.of(SHAPE);

  private final FloatArray input = new FloatArray(2 * 5 * 24);
  private final FloatArray memory = new FloatArray(2 * 7 * 20);
  private final FloatArray output = new FloatArray(2 * 5 * 24);
  private final MultiHeadWeights weights = MultiHeadWeights.random(SHAPE, OPTIONS, 1);

  @Test
  void namesTheInputAndItsSizes_whenItsLengthIsWrong(Device device) {
    assertRefused(
        () -> layer(device, weights, MultiHeadBuffers.cross(new FloatArray(239), memory, output)),
        "input: length 239, expected 240 = batchSize 2 x seqLenQ 5 x modelDim 24");
  }

  @Test
  void namesTheMemoryAndItsSizes_whenItsLengthIsWrong(Device device) {
    assertRefused(
        () -> layer(device, weights, MultiHeadBuffers.self(input, output)),
        "memory: length 240, expected 280 = batchSize 2 x seqLenK 7 x memoryDim 20");
  }

  @Test
  void namesTheOutputAndItsSizes_whenItsLengthIsWrong(Device device) {
    assertRefused(
        () -> layer(device, weights, MultiHeadBuffers.cross(input, memory, new FloatArray(1))),
        "output: length 1, expected 240 = batchSize 2 x seqLenQ 5 x modelDim 24");
  }

  @Test
  void refusesAnOutputThatIsTheInput(Device device) {
    assertRefused(
        () -> layer(device, weights, MultiHeadBuffers.cross(input, memory, input)),
        "output: the same buffer as another one, expected one of its own");
  }

  @Test
  void refusesAMaskThatTheOptionsDoNotName(Device device) {
    MultiHeadBuffers buffers = new MultiHeadBuffers(input, memory, new FloatArray(35), output);
    assertRefused(
        () -> layer(device, weights, buffers),
        "mask: length 35, expected 1 unread element, as maskHeads is 0 (no mask)");
  }

  @Test
  void namesTheWeightAndItsSizes_whenItsLengthIsWrong(Device device) {
    LinearWeights wrong = new LinearWeights(new FloatArray(7), null);
    MultiHeadWeights wrongKey =
        new MultiHeadWeights(weights.query(), wrong, weights.value(), weights.output());
    assertRefused(
        () -> layer(device, wrongKey, buffers()),
        "wk: length 7, expected 240 = memoryDim 20 x numKvHeads 2 x headDim 6");
  }

  @Test
  void namesTheBias_whenItIsThereAgainstTheOptions(Device device) {
    LinearWeights withBias = new LinearWeights(weights.value().weight(), new FloatArray(2 * 3));
    MultiHeadWeights unexpected =
        new MultiHeadWeights(weights.query(), weights.key(), withBias, weights.output());
    assertRefused(
        () -> layer(device, unexpected, buffers()),
        "bv: length 6, expected none, as the options name the biases []");
  }

  @Test
  void namesTheBias_whenItIsMissingAgainstTheOptions(Device device) {
    assertRefused(
        () -> layer(device, OPTIONS.withAllBiases(), weights, buffers()),
        "bq: none, expected one, as the options name the biases");
  }

  @Test
  void namesTheBiasAndItsSizes_whenItsLengthIsWrong(Device device) {
    LinearWeights withBias = new LinearWeights(weights.query().weight(), new FloatArray(23));
    MultiHeadWeights wrong =
        new MultiHeadWeights(withBias, weights.key(), weights.value(), weights.output());
    assertRefused(
        () ->
            layer(device, OPTIONS.withBiases(java.util.Set.of(Projection.QUERY)), wrong, buffers()),
        "bq: length 23, expected 24 = numHeads 4 x headDim 6");
  }

  @Test
  void refusesAMaskOverHeadsThatAreNotThere(Device device) {
    MultiHeadOptions options = OPTIONS.withAttention(OPTIONS.attention().withMaskHeads(3));
    MultiHeadBuffers buffers =
        new MultiHeadBuffers(input, memory, AttentionBuffers.noMask(), output);
    assertRefused(() -> layer(device, options, weights, buffers), "mask: maskHeads 3, expected 0");
  }

  private MultiHeadBuffers buffers() {
    return MultiHeadBuffers.cross(input, memory, output);
  }

  private static void layer(Device device, MultiHeadWeights weights, MultiHeadBuffers buffers) {
    layer(device, OPTIONS, weights, buffers);
  }

  private static void layer(
      Device device, MultiHeadOptions options, MultiHeadWeights weights, MultiHeadBuffers buffers) {
    new MultiHeadAttention(
            device,
            ComposedMultiHead.auto(device.info(), SHAPE, options),
            SHAPE,
            options,
            PlanOptions.DEFAULT,
            weights,
            buffers)
        .close();
  }

  private static void assertRefused(ThrowingCallable construction, String message) {
    assertThatThrownBy(construction)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
