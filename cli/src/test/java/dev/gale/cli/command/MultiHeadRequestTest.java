package dev.gale.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.cli.GaleRun;
import dev.gale.cli.NpyBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code gale run multihead}: requests that are wrong, and files in and out. */
final class MultiHeadRequestTest {

  @TempDir private Path directory;

  @BeforeEach
  void writeFiles() throws Exception {
    NpyBytes.floats(directory.resolve("x.npy"), 4, 8);
    NpyBytes.floats(directory.resolve("x3.npy"), 2, 4, 8);
    NpyBytes.floats(directory.resolve("x6.npy"), 4, 6);
    NpyBytes.floats(directory.resolve("one.npy"), 5);
    NpyBytes.floats(directory.resolve("m.npy"), 6, 5);
    NpyBytes.floats(directory.resolve("m3.npy"), 3, 6, 5);
    NpyBytes.floats(directory.resolve("m3two.npy"), 2, 6, 5);
    NpyBytes.floats(directory.resolve("mask.npy"), 4, 7);
    weights("w", 8, 8, 8, 8);
    weights("cross", 8, 5, 5, 8);
    weights("transposed", 8, 6, 8, 8);
    Files.createDirectory(directory.resolve("none"));
    weights("flatbias", 8, 8, 8, 8);
    NpyBytes.floats(directory.resolve("flatbias/bk.npy"), 1, 8);
    weights("shortbias", 8, 8, 8, 8);
    NpyBytes.floats(directory.resolve("shortbias/bo.npy"), 7);
    weights("big", 8, 8, 8, 8);
    NpyBytes.good().descr("'>f4'").write(directory.resolve("big/wv.npy"));
    weights("cut", 8, 8, 8, 8);
    byte[] good = NpyBytes.good().bytes();
    NpyBytes.write(directory.resolve("cut/wo.npy"), Arrays.copyOf(good, good.length - 4));
    weights("cube", 8, 8, 8, 8);
    NpyBytes.floats(directory.resolve("cube/wq.npy"), 8, 2, 4);
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        of("--input @none", "input: @none: no such file"),
        of("--input @one", "input: @one: shape (5,), expected (seqLen, modelDim) or (batchSize"),
        of("--memory @m", "--memory: not without --input"),
        of("--input @x --memory @one", "memory: @one: shape (5,), expected (seqLen, modelDim)"),
        of("--input @x3 --memory @m3", "memory: @m3: shape (3, 6, 5), batchSize 3, expected 2 as"),
        of("--input @x --seq-len 5", "--seq-len: not with input files"),
        of("--input @x --model-dim 8", "--model-dim: not with input files"),
        of("--input @x --weights w --seed 1", "--seed: not with input files"),
        of("--input @x --weights w --biases", "--biases: not with input files"),
        of("--weights w --head-dim 4", "--head-dim: not with input files"),
        of("--seq-len 4 --seq-len-q 5", "--seq-len: not with --seq-len-q or --seq-len-k"),
        of("--weights nowhere", "nowhere: not a directory, expected one with wq.npy"),
        of("--weights none", "wq: none/wq.npy: no such file"),
        of("--weights big", "wv: big/wv.npy: dtype '>f4', which is big-endian"),
        of("--weights cut", "wo: cut/wo.npy: truncated: 20 bytes of data"),
        of("--weights cube", "wq: cube/wq.npy: shape (8, 2, 4), expected 2 dimensions"),
        of(
            "--weights w --heads 3",
            "wq: w/wq.npy: shape (8, 8), columns 8, expected a multiple of numHeads 3"),
        of(
            "--input @x6 --weights w --heads 2",
            "wq: w/wq.npy: shape (8, 8), expected (6, 8) = (modelDim, numHeads x headDim) with"),
        of(
            "--input @x --weights transposed --heads 2",
            "wk: transposed/wk.npy: shape (6, 8), expected (8, 8) = (memoryDim, numKvHeads x"),
        of(
            "--input @x --weights cross --heads 2",
            "wk: cross/wk.npy: shape (5, 8), expected (8, 8) = (memoryDim, numKvHeads x headDim)"),
        of(
            "--input @x --weights w --heads 2 --kv-heads 1",
            "wk: w/wk.npy: shape (8, 8), expected (8, 4) = (memoryDim, numKvHeads x headDim)"),
        of(
            "--input @x --weights flatbias --heads 2",
            "bk: flatbias/bk.npy: shape (1, 8), expected (8,) as in wk"),
        of(
            "--input @x --weights shortbias --heads 2",
            "bo: shortbias/bo.npy: shape (7,), expected (8,) as in wo"),
        of("--input @x --heads 2 --mask @mask", "mask: @mask: shape (4, 7), expected (seqLenQ 4"),
        of("--heads 0", "--heads: 0, expected at least 1"),
        of("--model-dim 10 --heads 4", "modelDim 10, expected a multiple of numHeads 4, unless"),
        of("--kv-heads 3", "numHeads 8, expected a multiple of numKvHeads 3"),
        of("--batch 4096 --seq-len 4096", "queries: batchSize 4096 x numHeads 8 x seqLenQ 4096 x"),
        of("--scale Infinity", "scale Infinity, expected a finite number"),
        of("--variant fast", "variant fast: expected matmul=NAME,attention=NAME"),
        of("--variant matmul=fast", "variant fast: matmul has no such variant"),
        of("--variant attention=fast", "variant fast: attention has no such variant"),
        of("--variant matmul=plain/plain", "expected matmul=NAME,attention=NAME"),
        of("--input @x --output @x", "output: @x: would overwrite the input input"),
        of("--output y.png", "expected a name that ends in .npy"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void endsWithStatusTwoAndOneLine(String options, String expected) throws Exception {
    long before = entries();
    GaleRun run = run(options);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).hasLineCount(1).startsWith("gale: ").contains(inDirectory(expected));
    assertThat(entries()).isEqualTo(before);
  }

  /** A product with the identity is exact, so the layer must give attention's own output to the bit. */
  @Test
  void writesAttentionItself_whenTheWeightsAreTheIdentity() throws Exception {
    Files.createDirectory(directory.resolve("identity"));
    float[] identity = new float[64];
    for (int i = 0; i < 8; i++) {
      identity[9 * i] = 1;
    }
    for (String name : new String[] {"wq", "wk", "wv", "wo"}) {
      NpyBytes.good()
          .shape("(8, 8)")
          .data(NpyBytes.floats(identity))
          .write(directory.resolve("identity/" + name + ".npy"));
    }
    String device = " --device host:0 --repeat 1 --output ";
    GaleRun layer =
        run("--input @x --weights identity --heads 1 --variant attention=online" + device + "@y");
    assertThat(layer.err()).doesNotContain("gale: ");
    assertThat(layer.status()).isZero();
    assertThat(layer.out())
        .contains("multihead", "attention=online", "wq [8, 8]", "passed")
        .doesNotContain("generated");
    String attention = "run attention --queries @x --keys @x --values @x --variant online";
    GaleRun alone = GaleRun.without(directory, inDirectory(attention + device + "@o").split(" "));
    assertThat(alone.status()).isZero();
    assertThat(directory.resolve("y.npy")).hasSameBinaryContentAs(directory.resolve("o.npy"));
  }

  @Test
  void generatesTheWeights_whenOnlyTheInputIsRead() {
    GaleRun run =
        run(
            "--input @x3 --memory @m3two --heads 2 --biases --causal --seed 7 --device host:0"
                + " --repeat 1 --json --output @y");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("\"operator\":\"multihead\"")
        .contains("\"seed\":7", "\"memory\":", "\"biases\":[\"bq\",\"bk\",\"bv\",\"bo\"]")
        .contains("\"self\":false", "\"memoryDim\":5", "\"verdict\":\"passed\"");
    assertThat(directory.resolve("y.npy")).exists();
  }

  private static Arguments of(String options, String expected) {
    return Arguments.of(options, expected);
  }

  private GaleRun run(String options) {
    return GaleRun.without(directory, inDirectory("run multihead " + options).split(" "));
  }

  private void weights(String name, int queryRows, int keyRows, int valueRows, int outputRows)
      throws Exception {
    Path folder = Files.createDirectory(directory.resolve(name));
    NpyBytes.floats(folder.resolve("wq.npy"), queryRows, 8);
    NpyBytes.floats(folder.resolve("wk.npy"), keyRows, 8);
    NpyBytes.floats(folder.resolve("wv.npy"), valueRows, 8);
    NpyBytes.floats(folder.resolve("wo.npy"), outputRows, 8);
  }

  /** {@code @x} stands for x.npy in the test's directory, {@code --weights w} for a directory there. */
  private String inDirectory(String text) {
    return text.replaceAll("@(\\w+)", directory + "/$1.npy")
        .replaceAll("--weights (\\w+)", "--weights " + directory + "/$1")
        .replaceAll(": (\\w+/\\w+\\.npy)", ": " + directory + "/$1");
  }

  private long entries() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }
}
