package dev.gale.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.cli.GaleRun;
import dev.gale.tasks.choice.ShapeClass;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept, and that it is used; which variant is the fastest is no business of a test. */
final class TuneTest {

  private static final String DECODE =
      "run attention --heads 2 --seq-len-q 1 --seq-len-k 16 --head-dim 8 --repeat 1 --device host:0";

  @TempDir private Path home;

  @Test
  void keepsItsChoice_thatRunsThenFollow_untilItIsForgotten() throws Exception {
    GaleRun tune =
        GaleRun.without(home, "tune", "--device", "host:0", "--shapes", "attention-decode");
    assertThat(tune.status()).as(tune.err()).isZero();
    assertThat(tune.out().lines())
        .anyMatch(
            line -> line.matches("attention-decode +attention 16/4x1x4096x64 .*online [0-9.]+.*"))
        .anyMatch(line -> line.startsWith("kept in " + home));
    Path file = kept().getFirst();
    String choice =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("attention-decode="))
            .findFirst()
            .orElseThrow();
    assertThat(chosen())
        .containsPattern("variant +" + choice.split("=")[1] + " \\(gale tune's choice");

    Files.writeString(file, Files.readString(file).replace(choice, "attention-decode=composed"));
    assertThat(chosen()).containsPattern("variant +composed \\(gale tune's choice");

    Files.writeString(file, Files.readString(file) + "softmax-short-rows=online\n");
    assertThat(forget("--shapes", "attention-long").out())
        .contains("host:0: not tuned for attention-long");
    assertThat(forget("--shapes", "attention-decode,attention-long").out())
        .contains("host:0: attention-decode removed from " + file);
    assertThat(file).content().contains("softmax-short-rows=online").doesNotContain("decode=");
    assertThat(chosen()).contains("(the choice for JVM and this shape)");

    GaleRun forget = forget();
    assertThat(forget.out()).contains("removed");
    assertThat(kept()).isEmpty();
    assertThat(chosen()).contains("(the choice for JVM and this shape)");
  }

  @Test
  void namesTheClasses_inItsHelp() {
    assertThat(GaleRun.without(home, "tune", "--help").out().replaceAll("\\s+", " "))
        .contains(
            Stream.of(ShapeClass.values()).map(ShapeClass::id).collect(Collectors.joining(", ")));
  }

  @Test
  void refusesClassesAndDevicesThatThereAreNot() {
    GaleRun wrong = GaleRun.without(home, "tune", "--shapes", "matmul-huge");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("matmul-huge").contains("matmul-few-rows");
    assertThat(GaleRun.without(home, "tune", "--threads", "4097").err())
        .contains("--threads: 4097, expected at most 4096");
    GaleRun unnamed = GaleRun.without(home, "tune", "--device", "gpu");
    assertThat(unnamed.status()).isEqualTo(2);
    GaleRun missing = GaleRun.without(home, "tune", "--device", "metal:7");
    assertThat(missing.status()).isEqualTo(3);
    assertThat(missing.err()).contains("device metal:7: not found; found host:0");
  }

  private GaleRun forget(String... shapes) {
    String[] words = {"tune", "--device", "host:0", "--forget"};
    return GaleRun.without(
        home, Stream.of(words, shapes).flatMap(Stream::of).toArray(String[]::new));
  }

  private String chosen() {
    GaleRun run = GaleRun.without(home, DECODE.split(" "));
    assertThat(run.status()).as(run.err()).isZero();
    return run.out();
  }

  private List<Path> kept() throws Exception {
    var files = FileSystems.getDefault().getPathMatcher("glob:**/tuning-*/host-0-*.properties");
    try (var all = Files.walk(home)) {
      return all.filter(files::matches).toList();
    }
  }
}
