package dev.gale.cli.npy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.jetbrains.bio.npy.NpyFile;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Writes fp32, C-order, little-endian {@code .npy} files. */
public final class NpyOutput {

  private NpyOutput() {}

  /**
   * Writes an array.
   *
   * @param file the file, overwritten
   * @param shape the sizes of the axes, whose product is the array's length
   * @throws IOException if it can't be written
   */
  public static void write(Path file, FloatArray array, List<Integer> shape) throws IOException {
    // The library is Kotlin, whose methods throw without saying so.
    int[] sizes = shape.stream().mapToInt(Integer::intValue).toArray();
    NpyFile.write(file, array.toHeapArray(), sizes, ByteOrder.LITTLE_ENDIAN);
  }
}
