package dev.gale.cli.npy;

import dev.gale.tasks.shape.Shapes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jetbrains.bio.npy.NpyFile;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A {@code .npy} file whose header and size are known to be right.
 *
 * @param name what it is to the operator: {@code keys}
 * @param shown the file as the user named it
 * @param path the file, absolute
 * @param descr its element type: {@code <f4}, or {@code |b1} where that was allowed
 * @param shape the sizes of its axes, each at least 1
 */
public record NpyInput(String name, String shown, Path path, String descr, List<Integer> shape) {

  private static final String FP32 = "<f4";
  private static final String BOOL = "|b1";
  private static final int READ_STEP_BYTES = 1 << 22;

  /** What a file may hold. */
  public enum Types {
    FLOATS,
    /** fp32, or bool with true for 0 and false for -infinity. */
    FLOATS_OR_VISIBILITY
  }

  /**
   * Checks a file: header, element type, order, and that it holds exactly the elements that its shape says.
   *
   * @param name what it is to the operator
   * @param file the file as the user named it, relative to the directory of this process
   * @throws NpyException with a message of one line that begins with name and file
   */
  public static NpyInput check(String name, Path file, Types types) throws NpyException {
    try (FileChannel channel = FileChannel.open(existing(file))) {
      NpyHeader header = NpyHeader.read(channel);
      boolean visibility = types == Types.FLOATS_OR_VISIBILITY && header.descr().equals(BOOL);
      if (!header.descr().equals(FP32) && !visibility) {
        throw new NpyException(wrongType(header.descr(), types));
      }
      if (header.fortranOrder()) {
        throw new NpyException("Fortran order, expected C order (numpy.ascontiguousarray)");
      }
      checkSize(header, channel.size(), visibility ? 1 : Float.BYTES);
      List<Integer> shape = header.shape().stream().map(Math::toIntExact).toList();
      return new NpyInput(name, file.toString(), file.toAbsolutePath(), header.descr(), shape);
    } catch (NoSuchFileException missing) {
      throw new NpyException(name + ": " + file + ": no such file", missing);
    } catch (IOException failure) {
      throw new NpyException(name + ": " + file + ": cannot be read: " + failure, failure);
    } catch (NpyException wrong) {
      throw new NpyException(name + ": " + file + ": " + wrong.getMessage(), wrong);
    }
  }

  /**
   * Reads the elements, row-major.
   *
   * @throws NpyException if the file has changed since it was checked, or cannot be read
   */
  public FloatArray read() throws NpyException {
    NpyInput now =
        check(name, path, descr.equals(BOOL) ? Types.FLOATS_OR_VISIBILITY : Types.FLOATS);
    if (!now.shape.equals(shape) || !now.descr.equals(descr)) {
      throw new NpyException(name + ": " + shown + ": changed while gale was running");
    }
    try {
      var array = NpyFile.read(path, READ_STEP_BYTES);
      return descr.equals(BOOL)
          ? additive(array.asBooleanArray())
          : FloatArray.fromArray(array.asFloatArray());
    } catch (Exception failure) {
      // Kotlin code: it throws IOException without declaring it.
      throw new NpyException(name + ": " + shown + ": cannot be read: " + failure, failure);
    }
  }

  public int dimensions() {
    return shape.size();
  }

  /** An axis counted from the last, which is 1. */
  public int fromEnd(int axis) {
    return shape.get(shape.size() - axis);
  }

  /** Name, file and shape, to begin a message with. */
  @Override
  public String toString() {
    return name + ": " + shown + ": shape " + NpyHeader.shapeText(shape);
  }

  private static Path existing(Path file) throws NpyException {
    if (Files.isDirectory(file)) {
      throw new NpyException("a directory, expected a .npy file");
    }
    return file;
  }

  private static String wrongType(String descr, Types types) {
    String expected =
        types == Types.FLOATS
            ? "'<f4' (fp32, little-endian)"
            : "'<f4' (fp32, little-endian) or '|b1' (bool, true is visible)";
    String order = descr.startsWith(">") ? ", which is big-endian" : "";
    return "dtype '" + descr + "'" + order + ", expected " + expected;
  }

  private static void checkSize(NpyHeader header, long fileBytes, int elementBytes)
      throws NpyException {
    String shape = "shape " + NpyHeader.shapeText(header.shape());
    long elements = 1;
    for (long size : header.shape()) {
      if (size == 0) {
        throw new NpyException(shape + " has no elements");
      }
      // Saturates: each factor is at least 1 and the limit is far below the overflow of a long.
      elements = elements > Shapes.MAX_ELEMENTS ? elements : multiply(elements, size);
    }
    if (elements > Shapes.MAX_ELEMENTS) {
      throw new NpyException(
          shape
              + " is over "
              + Shapes.MAX_ELEMENTS
              + " elements, the most that kernels can index with 32 bits");
    }
    long expected = elements * elementBytes;
    long found = fileBytes - header.dataOffset();
    if (found != expected) {
      throw new NpyException(
          (found < expected ? "truncated: " : "trailing bytes: ")
              + found
              + " bytes of data, expected "
              + expected
              + " for "
              + shape);
    }
  }

  private static long multiply(long a, long b) {
    return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
  }

  private static FloatArray additive(boolean[] visible) {
    FloatArray mask = new FloatArray(visible.length);
    for (int i = 0; i < visible.length; i++) {
      mask.set(i, visible[i] ? 0 : Float.NEGATIVE_INFINITY);
    }
    return mask;
  }
}
