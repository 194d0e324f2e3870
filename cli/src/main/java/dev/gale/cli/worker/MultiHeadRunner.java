package dev.gale.cli.worker;

import dev.gale.cli.npy.NpyException;
import dev.gale.cli.npy.NpyInput;
import dev.gale.cli.work.Job;
import dev.gale.cli.work.MaskInput;
import dev.gale.cli.work.MultiHeadWorkload;
import dev.gale.models.linear.LinearWeights;
import dev.gale.models.multihead.ComposedMultiHead;
import dev.gale.models.multihead.MultiHeadOptions;
import dev.gale.models.multihead.MultiHeadShape;
import dev.gale.models.multihead.MultiHeadWeights;
import dev.gale.models.multihead.Projection;
import dev.gale.models.multihead.VariantName;
import dev.gale.tasks.attention.AttentionBuffers;
import dev.gale.tasks.device.Device;
import dev.gale.validation.cases.MultiHeadCase;
import dev.gale.validation.harness.Harness;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Runs a multi-head attention. */
final class MultiHeadRunner {

  private MultiHeadRunner() {}

  static OperatorTrial run(Device device, Job job, MultiHeadWorkload layer, JobProgress progress)
      throws NpyException {
    MultiHeadShape shape = layer.shape();
    MultiHeadOptions options = layer.options();
    String asked = job.variant();
    ComposedMultiHead variant =
        asked == null
            ? ComposedMultiHead.auto(device.info(), shape, options)
            : VariantName.parse(asked).resolve(device.info(), shape, options);
    String reason =
        asked == null
            ? "the choice for " + device.info().kind() + " and these shapes"
            : "asked for " + asked;
    return new OperatorTrial(
        Harness.run(device, variant, toRun(layer), job.repeats() + 1, progress), reason, null);
  }

  private static MultiHeadCase toRun(MultiHeadWorkload layer) throws NpyException {
    NpyInput inputFile = layer.input();
    NpyInput memoryFile = layer.memory();
    MultiHeadWeights weights =
        layer.weights().isEmpty()
            ? MultiHeadWeights.random(layer.shape(), layer.options(), layer.seed())
            : weights(layer);
    FloatArray input;
    FloatArray memory;
    if (inputFile == null) {
      MultiHeadCase generated = generated(layer);
      input = generated.input();
      memory = generated.memory();
    } else {
      input = inputFile.read();
      memory = memoryFile == null ? input : memoryFile.read();
    }
    return new MultiHeadCase(
        layer.shape(),
        layer.options(),
        weights,
        input,
        memory,
        mask(layer),
        layer.isGenerated() ? OptionalLong.of(layer.seed()) : OptionalLong.empty());
  }

  private static MultiHeadCase generated(MultiHeadWorkload layer) {
    MultiHeadOptions unmasked =
        layer.options().withAttention(layer.options().attention().withMaskHeads(0));
    return layer.self()
        ? MultiHeadCase.self(layer.shape(), unmasked, layer.seed())
        : MultiHeadCase.cross(layer.shape(), unmasked, layer.seed());
  }

  private static FloatArray mask(MultiHeadWorkload layer) throws NpyException {
    NpyInput file = layer.mask();
    return file == null
        ? AttentionBuffers.noMask()
        : MaskInput.expand(
            file, layer.shape().attention(), layer.options().attention().maskHeads());
  }

  private static MultiHeadWeights weights(MultiHeadWorkload layer) throws NpyException {
    Map<String, FloatArray> read = new HashMap<>();
    for (NpyInput file : layer.weights()) {
      read.put(file.name(), file.read());
    }
    return new MultiHeadWeights(
        linear(read, Projection.QUERY),
        linear(read, Projection.KEY),
        linear(read, Projection.VALUE),
        linear(read, Projection.OUTPUT));
  }

  private static LinearWeights linear(Map<String, FloatArray> read, Projection projection) {
    FloatArray weight = read.get(projection.weightName());
    if (weight == null) {
      throw new IllegalStateException("no weight named " + projection.weightName());
    }
    @Nullable FloatArray bias = read.get(projection.biasName());
    return new LinearWeights(weight, bias);
  }
}
