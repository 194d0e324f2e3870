package dev.gale.peers.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.gale.benchmarks.peer.Peer;
import dev.gale.peers.NativeFloats;
import java.util.List;

/**
 * ONNX Runtime with a number of threads.
 *
 * @param environment the library
 * @param threads of an operator
 */
record OrtLibrary(OrtEnvironment environment, int threads) {

  static OrtLibrary load(int threads) {
    return new OrtLibrary(
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "gale"), threads);
  }

  Peer.Loaded loaded() {
    return new Peer.Loaded(
        environment.getVersion(),
        "intra-op threads " + threads + ", inter-op threads 1, sequential");
  }

  /**
   * A call.
   *
   * @param inputs in the model's order
   */
  OrtCall call(OneNodeModel model, List<NativeFloats> inputs) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      return new OrtCall(
          environment, environment.createSession(model.bytes(), options), model, inputs);
    }
  }
}
