package dev.gale.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gale.cli.GaleRun;
import dev.gale.cli.NpyBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jetbrains.bio.npy.NpyArray;
import org.jetbrains.bio.npy.NpyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on the JVM device, on input whose result is exact in fp32 whatever the order of the sums. */
final class RunTest {

  @TempDir private Path directory;

  @Test
  void multipliesFiles_exactlyWhereIntegersAreExact() throws Exception {
    NpyBytes.good().shape("(2, 3)").write(file("a"));
    NpyBytes.good().shape("(3, 2)").data(NpyBytes.floats(1, 0, 0, 1, 1, 1)).write(file("b"));
    run("matmul --a @a --b @b --output @c");
    assertThat(read("c", 2, 2)).containsExactly(4, 5, 10, 11);
  }

  @Test
  void normalisesTheLastAxis_whenInputHasThreeDimensions() throws Exception {
    NpyBytes.good()
        .shape("(1, 2, 4)")
        .data(NpyBytes.floats(7, 7, 7, 7, -1e4f, 1e4f, -1e4f, -1e4f))
        .write(file("x"));
    run("softmax --input @x --output @y");
    assertThat(read("y", 1, 2, 4)).containsExactly(.25f, .25f, .25f, .25f, 0, 1, 0, 0);
  }

  @Test
  void writesOutputsOfTheInputsRank_whenFilesHaveTwoDimensions() throws Exception {
    NpyBytes.floats(file("q"), 3, 2);
    NpyBytes.floats(file("k"), 1, 2);
    NpyBytes.good().shape("(1, 2)").data(NpyBytes.floats(5, -6)).write(file("v"));
    run("attention --queries @q --keys @k --values @v --output @o --weights @w");
    assertThat(read("o", 3, 2)).containsExactly(5, -6, 5, -6, 5, -6);
    assertThat(read("w", 3, 1)).containsExactly(1, 1, 1);
  }

  @Test
  void sharesKeysAmongQueryHeads_whenFilesHaveThreeDimensions() throws Exception {
    NpyBytes.floats(file("q"), 4, 1, 2);
    NpyBytes.floats(file("k"), 2, 1, 2);
    NpyBytes.good().shape("(2, 1, 1)").data(NpyBytes.floats(5, 7)).write(file("v"));
    run("attention --queries @q --keys @k --values @v --output @o --lse @l");
    assertThat(read("o", 4, 1, 1)).containsExactly(5, 5, 7, 7);
    assertThat(read("l", 4, 1)).hasSize(4);
  }

  @Test
  void givesZeroAndMinusInfinity_whenTheMaskHidesEveryKeyOfARow() throws Exception {
    NpyBytes.floats(file("q"), 2, 1, 2, 2);
    NpyBytes.floats(file("k"), 2, 1, 3, 2);
    NpyBytes.floats(file("v"), 2, 1, 3, 1);
    byte[] visible = {1, 1, 0, 0, 0, 0};
    NpyBytes.good().descr("'|b1'").shape("(2, 3)").data(visible).write(file("m"));
    run("attention --queries @q --keys @k --values @v --mask @m --output @o --lse @l --weights @w");
    assertThat(read("o", 2, 1, 2, 1)[1]).isZero();
    assertThat(read("l", 2, 1, 2)[1]).isEqualTo(Float.NEGATIVE_INFINITY);
    float[] weights = read("w", 2, 1, 2, 3);
    assertThat(weights[2]).isZero();
    assertThat(new float[] {weights[3], weights[4], weights[5]}).containsOnly(0);
  }

  @Test
  void drawsTheWeights_whenAskedForAPicture() throws Exception {
    Path picture = directory.resolve("w.png");
    GaleRun run =
        GaleRun.without(
            directory,
            ("run attention --heads 2 --seq-len 5 --head-dim 4 --causal --weights " + picture)
                .split(" "));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("weights passed: 50 of 50").contains("weights: " + picture);
    assertThat(javax.imageio.ImageIO.read(picture.toFile()).getWidth()).isGreaterThan(400);
  }

  @Test
  void printsOneJsonObjectWithAllThatWasPromised() throws Exception {
    GaleRun run =
        GaleRun.without(
            directory, "run attention --heads 2 --seq-len 8 --repeat 3 --seed 7 --json".split(" "));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).hasLineCount(1);
    JsonNode result = new ObjectMapper().readTree(run.out());
    assertThat(result.get("operator").asText()).isEqualTo("attention");
    assertThat(result.get("device").asText()).isEqualTo("host:0");
    assertThat(result.get("variant").asText()).isNotEmpty();
    assertThat(result.get("seed").asLong()).isEqualTo(7);
    JsonNode shape = result.get("shape");
    assertThat(shape.get("batchSize").asInt()).isEqualTo(1);
    assertThat(shape.get("numHeads").asInt()).isEqualTo(2);
    assertThat(shape.get("numKvHeads").asInt()).isEqualTo(2);
    assertThat(shape.get("seqLenQ").asInt()).isEqualTo(8);
    assertThat(shape.get("seqLenK").asInt()).isEqualTo(8);
    assertThat(shape.get("headDim").asInt()).isEqualTo(64);
    assertThat(shape.get("headDimV").asInt()).isEqualTo(64);
    assertThat(shape.get("scale").asDouble()).isEqualTo(0.125);
    JsonNode validation = result.get("validation");
    assertThat(validation.get("verdict").asText()).isEqualTo("passed");
    assertThat(validation.get("elements").asLong()).isEqualTo(2 * 8 * 64 + 2 * 8);
    assertThat(validation.get("outside").asLong()).isZero();
    assertThat(validation.get("maxError").isDouble()).isTrue();
    assertThat(validation.get("maxBoundRatio").asDouble()).isBetween(0.0, 1.0);
    JsonNode timing = result.get("timing");
    assertThat(timing.get("repeats").asInt()).isEqualTo(3);
    for (String time : new String[] {"medianMillis", "minMillis", "kernelMillis", "gflops"}) {
      assertThat(timing.get(time).asDouble()).as(time).isPositive();
    }
    JsonNode proof = result.get("proof");
    assertThat(proof.get("runs").asInt()).isEqualTo(4);
    assertThat(proof.get("minKernelNanos").asLong()).isPositive();
    assertThat(proof.get("tornadoRecoverBailout").asText()).isEqualTo("False");
  }

  @Test
  void demonstratesItself_whenBare() {
    GaleRun run = GaleRun.without(directory, "run", "--repeat", "1");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("attention: one query over three words (samples/dot-product)")
        .contains("attention: weights of one query over two keys (samples/weights)")
        .contains("attention: generated, seed 42\n")
        .contains("attention: generated, seed 42, causal\n");
    assertThat(run.out().lines().filter(line -> line.startsWith("  verdict   passed: ")))
        .hasSize(4);
    assertThat(run.out().lines().filter(line -> line.startsWith("  proof     kernel "))).hasSize(4);
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("  weights   0\\.2984\\d* 0\\.2942\\d* 0\\.4073\\d*"))
        .anyMatch(line -> line.matches("  weights   0\\.7603\\d* 0\\.2396\\d*"));
  }

  @Test
  void refusesAVariantThatTheDeviceCannotRun() {
    GaleRun run =
        GaleRun.without(directory, "run softmax --rows 2 --cols 2 --variant no-such".split(" "));
    assertThat(run.status()).isEqualTo(2);
  }

  private void run(String request) throws Exception {
    String args = "run " + request.replaceAll("@(\\w)", directory + "/$1.npy") + " --repeat 1";
    GaleRun run = GaleRun.without(directory, args.split(" "));
    assertThat(run.status()).as(run.err()).isZero();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
    }
  }

  private float[] read(String name, int... shape) {
    NpyArray array = NpyFile.read(file(name), 1 << 16);
    assertThat(array.getShape()).containsExactly(shape);
    return array.asFloatArray();
  }

  private Path file(String name) {
    return directory.resolve(name + ".npy");
  }
}
