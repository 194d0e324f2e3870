package dev.gale.peers.onednn;

import dev.gale.peers.NativeFloats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.softmax_forward;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** oneDNN's CPU engine, a stream on it, and the primitives that Gale is measured beside. */
final class OneDnn {

  /** Part of a computation. */
  interface Step {
    void run();
  }

  /**
   * Floats with a shape.
   *
   * @param description shape and strides
   * @param floats the floats
   */
  record Tensor(memory.desc description, memory floats) {}

  private final engine cpu = new engine(engine.kind.cpu, 0);
  private final stream inOrder = new stream(cpu);
  // The library holds pointers to what Java made and would collect.
  private final List<Object> kept = new ArrayList<>();

  /** Row-major floats. */
  Tensor tensor(NativeFloats floats, long... shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    return tensor(floats, 0, shape, strides);
  }

  /**
   * Floats in any layout.
   *
   * @param offset of the first of them
   */
  Tensor tensor(NativeFloats floats, long offset, long[] shape, long[] strides) {
    memory.desc description = new memory.desc(shape, memory.data_type.f32, strides);
    Pointer data = new BytePointer(floats.segment().asSlice(Float.BYTES * offset).asByteBuffer());
    memory wrapped = new memory(description, cpu, data);
    kept.add(floats);
    kept.add(data);
    kept.add(description);
    return new Tensor(description, wrapped);
  }

  /** destination = scale (source weights). */
  Step matmul(Tensor source, Tensor weights, Tensor destination, float scale) {
    post_ops after = new post_ops();
    if (scale != 1) {
      after.append_eltwise(dnnl.algorithm.eltwise_linear, scale, 0);
    }
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(after);
    matmul.primitive_desc description =
        new matmul.primitive_desc(
            cpu,
            source.description(),
            weights.description(),
            destination.description(),
            attributes,
            false);
    kept.addAll(List.of(after, attributes, description));
    return step(
        new matmul(description),
        Map.of(
            dnnl.DNNL_ARG_SRC, source,
            dnnl.DNNL_ARG_WEIGHTS, weights,
            dnnl.DNNL_ARG_DST, destination));
  }

  /** Softmax over the last dimension. */
  Step softmax(Tensor source, Tensor destination, int lastDimension) {
    softmax_forward.primitive_desc description =
        new softmax_forward.primitive_desc(
            cpu,
            dnnl.prop_kind.forward_inference,
            dnnl.algorithm.softmax_accurate,
            source.description(),
            destination.description(),
            lastDimension);
    kept.add(description);
    return step(
        new softmax_forward(description),
        Map.of(dnnl.DNNL_ARG_SRC, source, dnnl.DNNL_ARG_DST, destination));
  }

  private Step step(primitive operation, Map<Integer, Tensor> tensors) {
    IntMemoryMap arguments = new IntMemoryMap();
    tensors.forEach((argument, tensor) -> arguments.put(argument, tensor.floats()));
    kept.add(tensors);
    return () -> operation.execute(inOrder, arguments);
  }

  /** Runs steps one after the other, to the end. On this engine a step is done when it returns. */
  void run(List<Step> steps) {
    for (Step step : steps) {
      step.run();
    }
    inOrder._wait();
  }
}
