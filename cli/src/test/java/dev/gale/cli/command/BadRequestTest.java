package dev.gale.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** Wrong requests end with status 2 and one line, before any work starts and without a trace in the directory. */
final class BadRequestTest {

  @TempDir private Path directory;

  @BeforeEach
  void writeFiles() throws Exception {
    NpyBytes.floats(directory.resolve("q.npy"), 4, 8);
    NpyBytes.floats(directory.resolve("k.npy"), 6, 8);
    NpyBytes.floats(directory.resolve("v.npy"), 6, 5);
    NpyBytes.floats(directory.resolve("v7.npy"), 7, 5);
    NpyBytes.floats(directory.resolve("k9.npy"), 6, 9);
    NpyBytes.floats(directory.resolve("k3.npy"), 3, 6, 8);
    NpyBytes.floats(directory.resolve("v3.npy"), 3, 6, 5);
    NpyBytes.floats(directory.resolve("q4h.npy"), 4, 4, 8);
    NpyBytes.floats(directory.resolve("one.npy"), 5);
    NpyBytes.floats(directory.resolve("five.npy"), 1, 1, 1, 4, 8);
    NpyBytes.floats(directory.resolve("mask.npy"), 4, 7);
    NpyBytes.good().descr("'>f4'").write(directory.resolve("big.npy"));
    NpyBytes.good().fortranOrder().write(directory.resolve("fortran.npy"));
    NpyBytes.write(directory.resolve("empty.npy"), new byte[0]);
    byte[] good = NpyBytes.good().bytes();
    NpyBytes.write(directory.resolve("short.npy"), Arrays.copyOf(good, good.length - 4));
    Files.createDirectory(directory.resolve("folder.npy"));
    Files.writeString(directory.resolve("text"), "x");
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        of("run attention --queries @q", "--keys, --values are missing"),
        of("run attention --queries @none --keys @k --values @v", "queries: @none: no such file"),
        of("run attention --queries @q --keys @big --values @v", "keys: @big: dtype '>f4', which"),
        of("run attention --queries @q --keys @fortran --values @v", "keys: @fortran: Fortran"),
        of("run attention --queries @q --keys @empty --values @v", "keys: @empty: the file is"),
        of("run attention --queries @q --keys @short --values @v", "keys: @short: truncated: 20"),
        of("run attention --queries @q --keys @folder --values @v", "keys: @folder: a directory"),
        of(
            "run attention --queries @q --keys @k9 --values @v",
            "keys: @k9: shape (6, 9), headDim 9, expected 8 as in queries: @q: shape (4, 8)"),
        of(
            "run attention --queries @q --keys @k --values @v7",
            "values: @v7: shape (7, 5), seqLenK 7, expected 6 as in keys: @k: shape (6, 8)"),
        of(
            "run attention --queries @q --keys @k3 --values @v",
            "keys: @k3: shape (3, 6, 8), expected 2 dimensions as in queries: @q: shape (4, 8)"),
        of(
            "run attention --queries @q4h --keys @k3 --values @v3",
            "numKvHeads 3, expected a divisor of numHeads 4"),
        of("run attention --queries @five --keys @five --values @five", "queries: @five: shape"),
        of(
            "run attention --queries @q --keys @k --values @v --mask @mask",
            "mask: @mask: shape (4, 7), expected (seqLenQ 4, seqLenK 6)"),
        of("run attention --queries @q --keys @k --values @v --heads 2", "--heads: not with input"),
        of("run attention --queries @q --keys @k --values @v --seed 1", "--seed: not with input"),
        of("run attention --seq-len 4 --seq-len-k 5", "--seq-len: not with --seq-len-q or"),
        of("run attention --heads 3 --kv-heads 2", "numHeads 3, expected a multiple of numKvHeads"),
        of("run attention --seq-len 0", "seqLenQ 0, expected at least 1"),
        of("run attention --seq-len 100000 --heads 4096", "is over 2147482623 elements"),
        of(
            "run attention --seq-len-q 50000 --seq-len-k 50000 --weights @w",
            "weights: batchSize 1 x numHeads 8 x seqLenQ 50000 x seqLenK 50000 is over"),
        of("run attention --scale NaN", "scale NaN, expected a finite number"),
        of("run attention --output folder/../nowhere/o.npy", "cannot be written: "),
        of("run attention --output @folder", "--output: @folder: cannot be written: it is a dir"),
        of("run attention --output @text/o.npy", "cannot be written: "),
        of("run attention --output @o --lse @o", "--lse: @o: named for two outputs"),
        of("run attention --output o.txt", "expected a name that ends in .npy"),
        of("run attention --weights w.jpg", "expected a name that ends in .png or .npy"),
        of(
            "run attention --queries @q --keys @k --values @v --output @k",
            "output: @k: would overwrite the input keys"),
        of("run attention --device all --output @o", "--device all: not with an output file"),
        of("run attention --device gpu", "'gpu': expected auto, all or BACKEND:INDEX"),
        of("run attention --variant none", "variant none: attention has no such variant"),
        of("run attention --repeat 0", "--repeat: 0, expected at least 1"),
        of("run attention --threads 0", "--threads: 0, expected at least 1"),
        of("run attention --threads 4097", "--threads: 4097, expected at most 4096"),
        of("run softmax --threads 2147483647", "--threads: 2147483647, expected at most 4096"),
        of("bench --threads 1,4097", "--threads: 4097, expected at most 4096"),
        of("bench --operator conv", "--operator conv: not known; known are matmul, softmax, att"),
        of("run attention --timeout 0", "--timeout: 0, expected at least 1"),
        of("run attention --causl", "Unknown option: '--causl'"),
        of("run matmul --a @q --b @k", "b: @k: shape (6, 8), k 6, expected 8 as in a: @q"),
        of("run matmul --a @k3 --b @k", "a: @k3: shape (3, 6, 8), expected 2 dimensions"),
        of("run matmul --a @q", "--a, --b go together: --b is missing"),
        of("run matmul --m 100000 --k 100000", "a: m 100000 x k 100000 is over 2147482623"),
        of("run softmax --rows 0", "rows 0, expected at least 1"),
        of("run softmax --input @one --rows 5", "--rows: not with input files"),
        of("run attn", "attn"),
        of("devices --frob", "Unknown option: '--frob'"));
  }

  private static Arguments of(String command, String expected) {
    return Arguments.of(command, expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void endsWithStatusTwoAndOneLine(String command, String expected) throws Exception {
    long before = entries();
    GaleRun run = GaleRun.without(directory, inDirectory(command).split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).hasLineCount(1).startsWith("gale: ").contains(inDirectory(expected));
    assertThat(entries()).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void printsOneJsonObject_whenAskedForJson(String command, String expected) throws Exception {
    String[] args = inDirectory(command + " --json").split(" ");
    GaleRun run = GaleRun.without(directory, args);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).hasLineCount(1);
    JsonNode error = new ObjectMapper().readTree(run.out()).get("error");
    assertThat(error.get("status").asInt()).isEqualTo(2);
    assertThat(error.get("message").asText()).contains(inDirectory(expected));
  }

  @Test
  void sayWhatTheCommandsAre_whenThereIsNone() {
    GaleRun run = GaleRun.without(directory);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("Missing required subcommand");
  }

  /** {@code @q} stands for q.npy in the test's directory. */
  private String inDirectory(String text) {
    return text.replaceAll("@text", directory + "/text")
        .replaceAll("@(\\w+)", directory + "/$1.npy");
  }

  private long entries() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }
}
