package dev.gale.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes .npy files byte by byte, right and wrong ones, without the code under test. */
public final class NpyBytes {

  private String descr = "'<f4'";
  private String order = "False";
  private String shape = "(2, 3)";
  private byte[] data = floats(1, 2, 3, 4, 5, 6);
  private int major = 1;
  private String dictionary = "";

  /** A good file: fp32, C order, (2, 3), 1 to 6. */
  public static NpyBytes good() {
    return new NpyBytes();
  }

  public NpyBytes descr(String python) {
    descr = python;
    return this;
  }

  public NpyBytes fortranOrder() {
    order = "True";
    return this;
  }

  public NpyBytes shape(String python) {
    shape = python;
    return this;
  }

  public NpyBytes data(byte... bytes) {
    data = bytes.clone();
    return this;
  }

  public NpyBytes version(int number) {
    major = number;
    return this;
  }

  /** A header of one's own. */
  public NpyBytes dictionary(String text) {
    dictionary = text;
    return this;
  }

  public static byte[] floats(float... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return buffer.array();
  }

  public byte[] bytes() {
    String text =
        dictionary.isEmpty()
            ? "{'descr': " + descr + ", 'fortran_order': " + order + ", 'shape': " + shape + ", }"
            : dictionary;
    int prefix = major == 1 ? 10 : 12;
    int padding = 64 - (prefix + text.length() + 1) % 64;
    byte[] header = (text + " ".repeat(padding % 64) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) major, 0});
    ByteBuffer length = ByteBuffer.allocate(prefix - 8).order(ByteOrder.LITTLE_ENDIAN);
    if (major == 1) {
      length.putShort((short) header.length);
    } else {
      length.putInt(header.length);
    }
    out.writeBytes(length.array());
    out.writeBytes(header);
    out.writeBytes(data);
    return out.toByteArray();
  }

  public Path write(Path file) {
    return write(file, bytes());
  }

  public static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A good file of zeros to some hundredths, which differ. */
  public static Path floats(Path file, int... shape) {
    int elements = 1;
    StringBuilder python = new StringBuilder("(");
    for (int size : shape) {
      elements *= size;
      python.append(size).append(", ");
    }
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = (i * 37 % 101 - 50) / 100f;
    }
    return good().shape(python + ")").data(floats(values)).write(file);
  }
}
