package dev.gale.tasks.attention;

import dev.gale.kernels.attention.AttentionComposed;
import dev.gale.tasks.device.DeviceInfo;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.GraphBuilder;
import dev.gale.tasks.shape.Shapes;
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

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the scores are more than can be indexed with 32 bits, or than the device
   *     allocates at once
   */
  @Override
  public void check(DeviceInfo device, AttentionShape shape, AttentionOptions options) {
    AttentionVariant.super.check(device, shape, options);
    long bytes = (long) Float.BYTES * scoresElements(shape);
    if (bytes > device.maxAllocationBytes()) {
      throw new IllegalArgumentException(
          "variant "
              + id()
              + ": scores: "
              + bytes
              + " bytes, expected at most "
              + device.maxAllocationBytes()
              + ", the largest buffer of "
              + device.id()
              + "; the other variants of attention store no scores");
    }
  }

  @Override
  public void append(
      GraphBuilder graph,
      String task,
      AttentionShape shape,
      AttentionOptions options,
      AttentionBuffers buffers) {
    FloatArray scores = graph.intermediate(scoresElements(shape));
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

  private static int scoresElements(AttentionShape shape) {
    return Shapes.elements(
        "scores",
        "batchSize",
        shape.batchSize(),
        "numHeads",
        shape.numHeads(),
        "seqLenQ",
        shape.seqLenQ(),
        "seqLenK",
        shape.seqLenK());
  }
}
