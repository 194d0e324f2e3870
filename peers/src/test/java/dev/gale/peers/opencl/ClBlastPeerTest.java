package dev.gale.peers.opencl;

import dev.gale.peers.PeerJudge;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClBlastPeerTest {

  @BeforeAll
  static void skipsWithoutADevice() {
    OpenClDevice.orSkip();
  }

  @ParameterizedTest
  @CsvSource({"matmul,1", "matmul,64", "matmul,33x17x129", "matmul,1x100x50"})
  void isRight(String operator, String shape) throws Exception {
    PeerJudge.assertRight(new ClBlastPeer(), operator, shape);
  }

  @ParameterizedTest
  @CsvSource({"softmax,2x2", "attention,1x8x8"})
  void takesNoPart_whenItHasNoSuchOperator(String operator, String shape) {
    PeerJudge.assertAbsent(
        new ClBlastPeer(), operator, shape, "is not measured on this " + operator);
  }
}
