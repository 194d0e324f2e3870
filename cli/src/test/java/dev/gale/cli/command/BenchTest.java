package dev.gale.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gale.cli.GaleRun;
import dev.gale.cli.process.FakeSdk;
import dev.gale.cli.process.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is in a report, and what is said of them; how fast anything is, is no business of a test. */
final class BenchTest {

  private static final String SHORT =
      "bench --rounds 2 --sample-millis 1 --warm-up 0 --operator matmul --shape 17 ";

  @TempDir private Path home;
  @TempDir private Path sdk;

  @Test
  void reportsContestantsAndAbsentees_inTableCsvAndJson() throws Exception {
    Path csv = home.resolve("bench.csv");
    Path json = home.resolve("bench.json");
    GaleRun run =
        GaleRun.without(
            home,
            words(
                SHORT
                    + "--threads 1 --variant plain,vector --peers commons-math,onnxruntime --csv "
                    + csv
                    + " --json "
                    + json));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("ceilings, 1 thread: fma .* GFLOP/s, triad .* GB/s, .*"))
        .anyMatch(line -> line.matches("gale host:0 plain +plain +passed, all rows .*"))
        .anyMatch(line -> line.matches("gale host:0 vector +vector +passed, all rows .*"))
        .anyMatch(line -> line.matches("commons-math +3.* +passed, all rows .*"))
        .anyMatch(line -> line.startsWith("absent: onnxruntime ("));
    checkJson(new ObjectMapper().readTree(json.toFile()));
    checkCsv(Files.readAllLines(csv));
  }

  private static void checkJson(JsonNode root) {
    for (JsonNode ceilings : root.get("machine").get("ceilings")) {
      for (String kind : List.of("fma", "triad", "read")) {
        assertThat(ceilings.get(kind).get("median").asDouble()).isPositive();
      }
    }
    assertThat(root.get("results")).hasSize(4);
    JsonNode absent = find(root, "onnxruntime", null);
    assertThat(absent.get("outcome").asText()).isEqualTo("absent");
    assertThat(absent.get("remark").asText()).isNotBlank();
    assertThat(absent.get("medianNanos").isNull()).isTrue();
    JsonNode gale = find(root, "gale", "vector");
    assertThat(gale.get("verdict").asText()).isEqualTo("passed");
    assertThat(gale.get("elements").asInt()).isEqualTo(17 * 17);
    assertThat(gale.get("samples").asInt()).isEqualTo(2);
    assertThat(gale.get("confidence").asDouble()).isEqualTo(0.5);
    assertThat(gale.get("kernelNanos").asDouble()).isPositive();
    assertThat(gale.get("coldNanos").asLong()).isPositive();
    assertThat(gale.get("gflops").asDouble())
        .isEqualTo(2 * 17 * 17 * 17 / gale.get("medianNanos").asDouble());
    assertThat(gale.get("ofCeiling").asDouble())
        .isEqualTo(
            gale.get(gale.get("ceiling").asText().equals("fma") ? "gflops" : "gigabytesPerSecond")
                    .asDouble()
                / gale.get("ceilingRate").asDouble());
    JsonNode peer = find(root, "commons-math", null);
    assertThat(peer.get("kernelNanos").isNull()).isTrue();
    assertThat(peer.get("timesBestPeer").asDouble()).isEqualTo(1);
  }

  private static JsonNode find(JsonNode root, String contestant, String variant) {
    return StreamSupport.stream(root.get("results").spliterator(), false)
        .filter(result -> result.get("contestant").asText().equals(contestant))
        .filter(result -> variant == null || result.get("variant").asText().equals(variant))
        .findFirst()
        .orElseThrow();
  }

  private static void checkCsv(List<String> lines) {
    assertThat(lines).hasSize(5);
    assertThat(lines.getFirst())
        .startsWith("operator,shape,threads,contestant,device,variant,version,outcome,remark,");
    assertThat(lines.stream().skip(1)).allMatch(line -> line.startsWith("matmul,17x17x17,1,"));
  }

  @Test
  void hasNoSpeedAndEndsWithStatus1_whenADeviceComputesWrongly() throws Exception {
    FakeSdk.create(sdk, Fault.WRONG_RESULT);
    GaleRun run =
        GaleRun.with(
            sdk,
            home,
            words(SHORT + "--threads 1 --device opencl:0 --variant plain --peers none --json"));
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    JsonNode result = new ObjectMapper().readTree(run.out()).get("results").get(0);
    assertThat(result.get("outcome").asText()).isEqualTo("wrong");
    assertThat(result.get("verdict").asText()).isEqualTo("failed");
    assertThat(result.get("remark").asText()).startsWith("matmul on opencl:0: c[0][16] = ");
    assertThat(result.get("medianNanos").isNull()).isTrue();
    assertThat(result.get("gflops").isNull()).isTrue();
    assertThat(result.get("ofCeiling").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench --shape 17",
        "bench --operator matmul --shape 17x17",
        "bench --operator convolution",
        "bench --preset huge",
        "bench --variant fast",
        "bench --peers numpy",
        "bench --threads 0",
        "bench --threads many",
        "bench --rounds 0",
        "bench --preset softmax --operator matmul"
      })
  void endsWithStatus2AndOneLine_whenTheRequestIsWrong(String line) {
    GaleRun run = GaleRun.without(home, words(line));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.complaints()).hasSize(1);
  }

  private static String[] words(String line) {
    return line.split(" ");
  }
}
