package dev.gale.cli.npy;

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
   */
  public static void write(Path file, FloatArray array, List<Integer> shape) {
    int[] sizes = shape.stream().mapToInt(Integer::intValue).toArray();
    NpyFile.write(file, array.toHeapArray(), sizes, java.nio.ByteOrder.LITTLE_ENDIAN);
  }
}
