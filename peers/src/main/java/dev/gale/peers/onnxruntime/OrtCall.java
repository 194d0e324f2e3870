package dev.gale.peers.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.peers.NativeFloats;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A session over tensors that stay: the output too is memory of the caller's that ONNX Runtime writes to. */
final class OrtCall implements PeerCall {

  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> outputs;
  private final NativeFloats output;

  OrtCall(
      OrtEnvironment environment, OrtSession session, OneNodeModel model, List<NativeFloats> data)
      throws OrtException {
    this.session = session;
    Iterator<NativeFloats> next = data.iterator();
    for (Map.Entry<String, long[]> input : model.inputs().entrySet()) {
      inputs.put(
          input.getKey(),
          OnnxTensor.createTensor(environment, next.next().floats(), input.getValue()));
    }
    long[] shape = model.outputShape();
    output = NativeFloats.zeros(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    outputs =
        Map.of(OneNodeModel.OUTPUT, OnnxTensor.createTensor(environment, output.floats(), shape));
  }

  @Override
  public void run() throws OrtException {
    session.run(inputs, outputs).close();
  }

  @Override
  public void read(FloatArray destination) {
    output.read(destination);
  }

  NativeFloats output() {
    return output;
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
    try {
      session.close();
    } catch (OrtException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
