package dev.gale.benchmarks.peer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every library's process is started with so that it computes on so many threads, beside what {@link Peer#load}
 * says to the library itself. That they keep to it is seen in the processor time that they use.
 */
public final class PeerThreads {

  /**
   * Threads of OpenMP that have nothing to do spin so long, in ms, and then sleep: long enough for calls in a row, short
   * enough to be over when the next contestant begins.
   */
  private static final String BLOCK_TIME = "10";

  /** The same for threads of OpenBLAS: log2 of processor cycles, 5 ms or so. */
  private static final String OPENBLAS_TIMEOUT = "24";

  private PeerThreads() {}

  /** Environment variables. */
  public static Map<String, String> environment(int threads) {
    String count = Integer.toString(threads);
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name : List.of("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")) {
      variables.put(name, count);
    }
    variables.put("OMP_DYNAMIC", "FALSE");
    variables.put("MKL_DYNAMIC", "FALSE");
    variables.put("KMP_BLOCKTIME", BLOCK_TIME);
    variables.put("OPENBLAS_THREAD_TIMEOUT", OPENBLAS_TIMEOUT);
    variables.putAll(openCl(threads));
    return variables;
  }

  /** For PoCL, the OpenCL driver that computes on the processor: up to version 4 the first, from 5 on the second. */
  public static Map<String, String> openCl(int threads) {
    String count = Integer.toString(threads);
    return Map.of("POCL_MAX_PTHREAD_COUNT", count, "POCL_CPU_MAX_CU_COUNT", count);
  }

  /** JVM flags: what the JDK tells libraries that ask it for the number of processors. */
  public static List<String> flags(int threads) {
    return List.of("-XX:ActiveProcessorCount=" + threads);
  }
}
