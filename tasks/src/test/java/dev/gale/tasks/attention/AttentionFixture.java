package dev.gale.tasks.attention;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.PlanOptions;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** One attention over small whole numbers, whose products and sums are exact. */
final class AttentionFixture {

  final AttentionShape shape;
  AttentionOptions options;
  AttentionBuffers buffers;

  AttentionFixture(AttentionShape shape) {
    this.shape = shape;
    this.options = AttentionOptions.of(shape).withScale(1.0f);
    this.buffers =
        new AttentionBuffers(
            whole(shape.queriesElements(), 3),
            whole(shape.keysElements(), 5),
            whole(shape.valuesElements(), 7),
            AttentionBuffers.noMask(),
            guarded(shape.outputElements()),
            guarded(shape.lseElements()));
  }

  /** A mask over one head that hides nothing yet. */
  AttentionFixture withMask() {
    options = options.withMaskHeads(1);
    buffers =
        new AttentionBuffers(
            buffers.queries(),
            buffers.keys(),
            buffers.values(),
            new FloatArray(shape.seqLenQ() * shape.seqLenK()),
            buffers.output(),
            buffers.lse());
    buffers.mask().init(0.0f);
    return this;
  }

  AttentionFixture causal() {
    options = options.withCausal(true);
    return this;
  }

  /** Makes a key and its value NaN, in every head. */
  void poison(int key) {
    for (int head = 0; head < shape.batchSize() * shape.numKvHeads(); head++) {
      int row = head * shape.seqLenK() + key;
      for (int d = 0; d < shape.headDim(); d++) {
        buffers.keys().set(row * shape.headDim() + d, Float.NaN);
      }
      for (int c = 0; c < shape.headDimV(); c++) {
        buffers.values().set(row * shape.headDimV() + c, Float.NaN);
      }
    }
  }

  void run(Device device, AttentionVariant variant) {
    buffers.output().init(Float.NaN);
    buffers.lse().init(Float.NaN);
    try (Attention attention =
        new Attention(device, variant, shape, options, PlanOptions.GUARDED, buffers)) {
      attention.run();
    }
  }

  float[] outputRow(int row) {
    float[] output = new float[shape.headDimV()];
    for (int c = 0; c < output.length; c++) {
      output[c] = buffers.output().get(row * output.length + c);
    }
    return output;
  }

  float[] valueRow(int kvHead, int key) {
    float[] value = new float[shape.headDimV()];
    for (int c = 0; c < value.length; c++) {
      value[c] = buffers.values().get((kvHead * shape.seqLenK() + key) * value.length + c);
    }
    return value;
  }

  /** Query . key, as exact as whole numbers are. */
  float score(int row, int keyRow) {
    float dot = 0;
    for (int d = 0; d < shape.headDim(); d++) {
      dot +=
          buffers.queries().get(row * shape.headDim() + d)
              * buffers.keys().get(keyRow * shape.headDim() + d);
    }
    return dot;
  }

  static FloatArray whole(int elements, int period) {
    FloatArray array = new FloatArray(elements);
    for (int i = 0; i < elements; i++) {
      array.set(i, i * 11 % period - period / 2);
    }
    return array;
  }

  private static FloatArray guarded(int elements) {
    return new FloatArray((int) PlanOptions.GUARDED.outputLength(elements));
  }
}
