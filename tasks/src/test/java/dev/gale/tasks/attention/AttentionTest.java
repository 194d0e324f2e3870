package dev.gale.tasks.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.PlanOptions;
import dev.gale.tasks.testing.OnHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

@OnHost
class AttentionTest extends AttentionContract {

  private static final AttentionShape SHAPE = new AttentionShape(2, 4, 2, 3, 5, 6, 7);
  private static final AttentionOptions OPTIONS = AttentionOptions.of(SHAPE);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "143 | 120 | 140 | 168 | 24 | queries: length 143, expected 144 = batchSize 2 x numHeads 4 x seqLenQ 3 x headDim 6",
        "144 | 240 | 140 | 168 | 24 | keys: length 240, expected 120 = batchSize 2 x numKvHeads 2 x seqLenK 5 x headDim 6",
        "144 | 120 | 120 | 168 | 24 | values: length 120, expected 140 = batchSize 2 x numKvHeads 2 x seqLenK 5 x headDimV 7",
        "144 | 120 | 140 | 144 | 24 | output: length 144, expected 168 = batchSize 2 x numHeads 4 x seqLenQ 3 x headDimV 7",
        "144 | 120 | 140 | 168 | 12 | lse: length 12, expected 24 = batchSize 2 x numHeads 4 x seqLenQ 3"
      })
  void refusesABufferOfAnotherLength(
      int queries, int keys, int values, int output, int lse, String message, Device device) {
    AttentionBuffers buffers =
        new AttentionBuffers(
            new FloatArray(queries),
            new FloatArray(keys),
            new FloatArray(values),
            AttentionBuffers.noMask(),
            new FloatArray(output),
            new FloatArray(lse));

    assertThatThrownBy(() -> attention(device, OPTIONS, PlanOptions.DEFAULT, buffers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesOutputsWithoutGuard_whenThePlanIsGuarded(Device device) {
    assertThatThrownBy(
            () ->
                attention(device, OPTIONS, PlanOptions.GUARDED, buffers(AttentionBuffers.noMask())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "output: length 168, expected 232 = batchSize 2 x numHeads 4 x seqLenQ 3 x headDimV 7"
                + " + 64 of guard");
  }

  @ParameterizedTest
  @CsvSource({"1", "4", "8"})
  void acceptsAMaskForOneHeadForTheHeadsAndForTheHeadsOfEachBatch(int maskHeads, Device device) {
    AttentionBuffers buffers = buffers(new FloatArray(maskHeads * 3 * 5));

    try (Attention attention =
        attention(device, OPTIONS.withMaskHeads(maskHeads), PlanOptions.DEFAULT, buffers)) {
      assertThat(attention.run().kernelNanos()).isPositive();
    }
  }

  @Test
  void refusesAMaskForAnotherNumberOfHeads(Device device) {
    assertThatThrownBy(
            () ->
                attention(
                    device,
                    OPTIONS.withMaskHeads(2),
                    PlanOptions.DEFAULT,
                    buffers(new FloatArray(30))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "mask: maskHeads 2, expected 0 (no mask), 1, numHeads 4 or batchSize 2 x numHeads 4 = 8");
  }

  @Test
  void refusesAMaskOfAnotherLength(Device device) {
    assertThatThrownBy(
            () ->
                attention(
                    device,
                    OPTIONS.withMaskHeads(1),
                    PlanOptions.DEFAULT,
                    buffers(new FloatArray(60))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mask: length 60, expected 15 = maskHeads 1 x seqLenQ 3 x seqLenK 5");
  }

  @Test
  void refusesAMask_whenTheOptionsHaveNone(Device device) {
    assertThatThrownBy(
            () -> attention(device, OPTIONS, PlanOptions.DEFAULT, buffers(new FloatArray(15))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mask: length 15, expected 1 unread element, as maskHeads is 0 (no mask)");
  }

  @Test
  void refusesToWriteOverAnInput(Device device) {
    AttentionShape square = AttentionShape.self(1, 1, 4, 4);
    AttentionBuffers good = buffers(AttentionBuffers.noMask());
    FloatArray shared = new FloatArray(16);
    AttentionBuffers buffers =
        new AttentionBuffers(
            shared, new FloatArray(16), new FloatArray(16), good.mask(), shared, new FloatArray(4));

    assertThatThrownBy(
            () ->
                new Attention(
                    device,
                    new OnlineAttention(),
                    square,
                    AttentionOptions.of(square),
                    PlanOptions.DEFAULT,
                    buffers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("output: the same buffer as another one, expected one of its own");
  }

  @Test
  void countsTheVisiblePairsOnly_whenCausal(Device device) {
    // 3 queries see 3, 4 and 5 of 5 keys: 12 of 15 pairs.
    AttentionBuffers buffers = buffers(AttentionBuffers.noMask());

    try (Attention all = attention(device, OPTIONS, PlanOptions.DEFAULT, buffers);
        Attention causal =
            attention(device, OPTIONS.withCausal(true), PlanOptions.DEFAULT, buffers)) {
      assertThat(all.cost().flop()).isEqualTo(2 * 8 * 15 * (6 + 7));
      assertThat(causal.cost().flop()).isEqualTo(2 * 8 * 12 * (6 + 7));
      assertThat(causal.cost().bytes()).isEqualTo(4 * (144 + 120 + 140 + 168 + 24));
    }
  }

  private static Attention attention(
      Device device, AttentionOptions options, PlanOptions plan, AttentionBuffers buffers) {
    return new Attention(device, new OnlineAttention(), SHAPE, options, plan, buffers);
  }

  private static AttentionBuffers buffers(FloatArray mask) {
    return new AttentionBuffers(
        new FloatArray(144),
        new FloatArray(120),
        new FloatArray(140),
        mask,
        new FloatArray(168),
        new FloatArray(24));
  }
}
