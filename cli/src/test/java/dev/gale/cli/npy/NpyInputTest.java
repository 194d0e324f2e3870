package dev.gale.cli.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.cli.NpyBytes;
import dev.gale.cli.npy.NpyInput.Types;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.bio.npy.NpyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class NpyInputTest {

  @TempDir private Path directory;

  @Test
  void readsElements_whenFileIsFp32() throws Exception {
    Path file = NpyBytes.good().write(directory.resolve("x.npy"));
    NpyInput input = NpyInput.check("x", file, Types.FLOATS);
    assertThat(input.shape()).containsExactly(2, 3);
    assertThat(input.read().toHeapArray()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void readsElements_whenVersionIsTwo() throws Exception {
    Path file = NpyBytes.good().version(2).write(directory.resolve("x.npy"));
    assertThat(NpyInput.check("x", file, Types.FLOATS).read().toHeapArray())
        .containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void readsBackWhatItWrites_bitByBit() throws Exception {
    float[] values = {Float.NaN, Float.NEGATIVE_INFINITY, -0f, Float.MIN_VALUE};
    Path file = directory.resolve("x.npy");
    NpyOutput.write(
        file, uk.ac.manchester.tornado.api.types.arrays.FloatArray.fromArray(values), List.of(4));
    assertThat(NpyInput.check("x", file, Types.FLOATS).read().toHeapArray())
        .containsExactly(values);
    assertThat(NpyFile.read(file, 1 << 16).asFloatArray()).containsExactly(values);
  }

  @Test
  void readsMaskAsAddition_whenFileIsBool() throws Exception {
    Path file =
        NpyBytes.good()
            .descr("'|b1'")
            .shape("(1, 3)")
            .data((byte) 1, (byte) 0, (byte) 1)
            .write(directory.resolve("m.npy"));
    assertThat(NpyInput.check("mask", file, Types.FLOATS_OR_VISIBILITY).read().toHeapArray())
        .containsExactly(0, Float.NEGATIVE_INFINITY, 0);
    assertThatThrownBy(() -> NpyInput.check("keys", file, Types.FLOATS))
        .hasMessageContaining("dtype '|b1', expected '<f4' (fp32, little-endian)");
  }

  @Test
  void refuses_whenFileHasChangedSinceTheCheck() throws Exception {
    Path file = NpyBytes.good().write(directory.resolve("x.npy"));
    NpyInput input = NpyInput.check("x", file, Types.FLOATS);
    NpyBytes.good().shape("(3, 2)").write(file);
    assertThatThrownBy(input::read)
        .isInstanceOf(NpyException.class)
        .hasMessageContaining("changed while gale was running");
  }

  static Stream<Arguments> badFiles() {
    byte[] good = NpyBytes.good().bytes();
    return Stream.of(
        bad("the file is empty", new byte[0]),
        bad(
            "not a .npy file: it starts with bytes 50 4b 03 04 14 00, expected 93 4e 55 4d 50 59",
            new byte[] {0x50, 0x4b, 3, 4, 0x14, 0, 0, 0, 0, 0, 0, 0}),
        bad("not a .npy file", "a,b\n".getBytes(StandardCharsets.UTF_8)),
        bad("truncated: the file ends inside its header", Arrays.copyOf(good, 8)),
        bad("truncated: the file ends inside its header", Arrays.copyOf(good, 40)),
        bad(
            "truncated: 23 bytes of data, expected 24 for shape (2, 3)",
            Arrays.copyOf(good, good.length - 1)),
        bad(
            "truncated: 0 bytes of data, expected 24 for shape (2, 3)",
            Arrays.copyOf(good, good.length - 24)),
        bad(
            "trailing bytes: 25 bytes of data, expected 24 for shape (2, 3)",
            Arrays.copyOf(good, good.length + 1)),
        bad(
            "dtype '>f4', which is big-endian, expected '<f4' (fp32, little-endian)",
            NpyBytes.good().descr("'>f4'").bytes()),
        bad("dtype '<f8', expected '<f4'", NpyBytes.good().descr("'<f8'").bytes()),
        bad("dtype '<i4', expected '<f4'", NpyBytes.good().descr("'<i4'").bytes()),
        bad("dtype '|O', expected '<f4'", NpyBytes.good().descr("'|O'").bytes()),
        bad("a structured dtype", NpyBytes.good().descr("[('x', '<f4')]").bytes()),
        bad("Fortran order, expected C order", NpyBytes.good().fortranOrder().bytes()),
        bad("shape (0, 3) has no elements", NpyBytes.good().shape("(0, 3)").data().bytes()),
        bad(
            "shape (65536, 65536) is over 2147482623 elements",
            NpyBytes.good().shape("(65536, 65536)").bytes()),
        bad(
            "is over 2147482623 elements",
            NpyBytes.good().shape("(4294967296, 4294967296)").bytes()),
        bad(
            "is over 2147482623 elements",
            NpyBytes.good().shape("(123456789012345678901234567890,)").bytes()),
        bad("npy format version 3.0, expected 1.0 or 2.0", NpyBytes.good().version(3).bytes()),
        bad(
            "header has no readable 'shape'",
            NpyBytes.good().dictionary("{'descr': '<f4', 'fortran_order': False}").bytes()),
        bad("header has no readable 'descr'", NpyBytes.good().dictionary("{}").bytes()));
  }

  private static Arguments bad(String expected, byte[] bytes) {
    return Arguments.of(expected, bytes);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badFiles")
  void refusesWithOneLine(String expected, byte[] bytes) {
    Path file = NpyBytes.write(directory.resolve("k.npy"), bytes);
    assertThatThrownBy(() -> NpyInput.check("keys", file, Types.FLOATS))
        .isInstanceOf(NpyException.class)
        .hasMessageStartingWith("keys: " + file + ": ")
        .hasMessageContaining(expected)
        .hasMessageNotContaining("\n");
  }

  @Test
  void refuses_whenFileIsMissing() {
    Path file = directory.resolve("none.npy");
    assertThatThrownBy(() -> NpyInput.check("keys", file, Types.FLOATS))
        .hasMessage("keys: " + file + ": no such file");
  }

  @Test
  void refuses_whenFileIsADirectory() throws Exception {
    Path file = Files.createDirectory(directory.resolve("d.npy"));
    assertThatThrownBy(() -> NpyInput.check("keys", file, Types.FLOATS))
        .hasMessage("keys: " + file + ": a directory, expected a .npy file");
  }
}
