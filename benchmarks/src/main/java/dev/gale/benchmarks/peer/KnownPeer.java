package dev.gale.benchmarks.peer;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A library that can be measured, whether it is there or not.
 *
 * @param id its name, as people write it
 * @param library its full name
 * @param module the Maven module that has the code for it and brings it; empty for what is always there
 */
public record KnownPeer(String id, String library, String module) {

  private static final String PEERS = "peers";

  /** All of them. */
  public static final List<KnownPeer> ALL =
      List.of(
          new KnownPeer("onnxruntime", "ONNX Runtime", PEERS),
          new KnownPeer("onnxruntime-mha", "ONNX Runtime's MultiHeadAttention", PEERS),
          new KnownPeer("onednn", "oneDNN", PEERS),
          new KnownPeer("openblas", "OpenBLAS", PEERS),
          new KnownPeer("mkl", "Intel MKL", PEERS),
          new KnownPeer("pytorch", "PyTorch", PEERS),
          new KnownPeer("nd4j", "ND4J", "peers-nd4j"),
          new KnownPeer("ejml", "EJML", PEERS),
          new KnownPeer("ojalgo", "ojAlgo", PEERS),
          new KnownPeer("commons-math", "Apache Commons Math, double precision", ""),
          new KnownPeer("clblast", "CLBlast on OpenCL", PEERS),
          new KnownPeer("opencl", "hand-written OpenCL", PEERS));

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static KnownPeer byId(String id) {
    return ALL.stream()
        .filter(peer -> peer.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "peer "
                        + id
                        + ": not known; known are "
                        + ALL.stream().map(KnownPeer::id).collect(Collectors.joining(", "))));
  }
}
