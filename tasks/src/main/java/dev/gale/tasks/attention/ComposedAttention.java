package dev.gale.tasks.attention;

import dev.gale.kernels.attention.AttentionComposed;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.shape.Shapes;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * {@link AttentionComposed}: three tasks, the scores [batchSize, numHeads, seqLenQ, seqLenK] between them.
 *
 * <pre>
 * queries, keys, mask -> [scores] -> scores -> [softmax] -> probabilities, lse
 * probabilities, values, mask -> [output] -> output
 * </pre>
 *
 * <p>Scores and probabilities are one buffer that stays on the device.
 */
public final class ComposedAttention implements AttentionVariant {

  @Override
  public String id() {
    return "composed";
  }

  @Override
  public Dialect dialect() {
    return Dialect.LOOP;
  }

  /** The scores may be too many to index, or too large for the device. */
  @Override
  public @Nullable String obstacle(
      DeviceInfo device, AttentionShape shape, AttentionOptions options) {
    // heads x seqLenQ is checked to fit an int, so that this fits a long.
    long scores = (long) shape.heads() * shape.seqLenQ() * shape.seqLenK();
    if (scores > Shapes.MAX_ELEMENTS) {
      return stores(shape, "over " + Shapes.MAX_ELEMENTS + ", the most that kernels index");
    }
    long bytes = Float.BYTES * scores;
    if (bytes > device.maxAllocationBytes()) {
      return stores(
          shape,
          bytes
              + " bytes, over the "
              + device.maxAllocationBytes()
              + " that "
              + device.id()
              + " allocates at once");
    }
    return AttentionVariant.super.obstacle(device, shape, options);
  }

  private static String stores(AttentionShape shape, String tooMuch) {
    return "stores batchSize "
        + shape.batchSize()
        + " x numHeads "
        + shape.numHeads()
        + " x seqLenQ "
        + shape.seqLenQ()
        + " x seqLenK "
        + shape.seqLenK()
        + " scores, "
        + tooMuch;
  }

  @Override
  public void append(
      GraphBuilder graph,
      String task,
      AttentionShape shape,
      AttentionOptions options,
      AttentionBuffers buffers) {
    FloatArray scores = graph.intermediate(shape.scoresElements());
    int causal = options.causal() ? 1 : 0;
    graph
        .graph()
        .task(
            task + "Scores",
            AttentionComposed::scores,
            buffers.queries(),
            buffers.keys(),
            buffers.mask(),
            scores,
            shape.heads(),
            shape.groupSize(),
            shape.seqLenQ(),
            shape.seqLenK(),
            shape.headDim(),
            options.scale(),
            causal,
            options.maskHeads())
        .task(
            task + "Softmax",
            AttentionComposed::softmax,
            scores,
            buffers.lse(),
            shape.heads() * shape.seqLenQ(),
            shape.seqLenK())
        .task(
            task + "Output",
            AttentionComposed::output,
            scores,
            buffers.values(),
            buffers.mask(),
            buffers.output(),
            shape.heads(),
            shape.groupSize(),
            shape.seqLenQ(),
            shape.seqLenK(),
            shape.headDimV(),
            causal,
            options.maskHeads());
  }
}
