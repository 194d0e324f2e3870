package dev.gale.peers.onnxruntime;

import dev.gale.peers.PeerJudge;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MultiHeadAttentionPeerTest {

  @ParameterizedTest
  @CsvSource({
    "attention,1x1x1",
    "attention,2x64x64",
    "attention,3x40x24",
    "attention,2x33x70x16",
    "attention,4x1x100x32",
    "attention,2x64x64:causal",
    "attention,3x131x24:causal"
  })
  void isRight(String operator, String shape) throws Exception {
    PeerJudge.assertRight(new MultiHeadAttentionPeer(), operator, shape);
  }

  @ParameterizedTest
  @CsvSource({"matmul,8", "softmax,2x2", "attention,4/2x50x16", "attention,2x33x70x16:causal"})
  void takesNoPart_whenItHasNoSuchOperator(String operator, String shape) {
    PeerJudge.assertAbsent(
        new MultiHeadAttentionPeer(), operator, shape, "is not measured on this " + operator);
  }
}
