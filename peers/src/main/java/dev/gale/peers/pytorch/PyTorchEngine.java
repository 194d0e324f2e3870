package dev.gale.peers.pytorch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;

/** PyTorch's native library, as Deep Java Library loads it. */
final class PyTorchEngine {

  private PyTorchEngine() {}

  /**
   * Loads it and fixes its number of threads.
   *
   * @return what makes tensors
   * @throws LinkageError if the native library is not there
   */
  static PtNDManager load(int threads) {
    // What is not on the class path is not looked for elsewhere.
    System.setProperty("ai.djl.offline", "true");
    Engine engine = engine();
    if (JniUtils.getNumInteropThreads() != 1) {
      // Once in a process, or PyTorch throws.
      JniUtils.setNumInteropThreads(1);
    }
    JniUtils.setNumThreads(threads);
    return (PtNDManager) engine.newBaseManager();
  }

  private static Engine engine() {
    try {
      return Engine.getEngine(PtEngine.ENGINE_NAME);
    } catch (EngineException | IllegalStateException failure) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof LinkageError missing) {
          throw missing;
        }
      }
      throw failure;
    }
  }

  static String version() {
    return engine().getVersion();
  }

  static String threads() {
    return "set_num_threads: "
        + JniUtils.getNumThreads()
        + ", set_num_interop_threads: "
        + JniUtils.getNumInteropThreads();
  }
}
