package dev.gale.peers.opencl;

import dev.gale.peers.PeerJudge;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpenClPeerTest {

  @BeforeAll
  static void skipsWithoutADevice() {
    OpenClDevice.orSkip();
  }

  @ParameterizedTest
  @CsvSource({
    "matmul,1",
    "matmul,64",
    "matmul,33x17x129",
    "matmul,1x100x50",
    "matmul,70x65x600",
    "softmax,1x1",
    "softmax,33x100",
    "softmax,70x64",
    "softmax,3x5000",
    "softmax,2x70000",
    "attention,1x1x1",
    "attention,2x64x64",
    "attention,3x40x24",
    "attention,2x33x70x16",
    "attention,4/2x50x16",
    "attention,4/1x20x80x24",
    "attention,2x130x40",
    "attention,4x1x100x32",
    "attention,8/2x1x77x24",
    "attention,2x1x300x128",
    "attention,2x64x64:causal",
    "attention,3x131x24:causal",
    "attention,4/2x50x16:causal",
    "attention,2x33x70x16:causal",
    "attention,8/2x1x77x32:causal"
  })
  void isRight(String operator, String shape) throws Exception {
    PeerJudge.assertRight(new OpenClPeer(), operator, shape);
  }
}
