package dev.gale.validation.harness;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** An input that must be the same after the runs as before them. */
final class SealedInput implements RunCheck {

  private final String name;
  private final FloatArray buffer;
  private final long seal;

  SealedInput(String name, FloatArray buffer) {
    this.name = name;
    this.buffer = buffer;
    this.seal = checksum(buffer);
  }

  @Override
  public @Nullable String complaint(String where) {
    return checksum(buffer) == seal
        ? null
        : where + ": " + name + ": an input was written by the kernel";
  }

  private static long checksum(FloatArray buffer) {
    CRC32C checksum = new CRC32C();
    long size = buffer.getNumBytesOfSegment();
    for (long offset = 0; offset < size; offset += Integer.MAX_VALUE) {
      long length = Math.min(size - offset, Integer.MAX_VALUE);
      checksum.update(buffer.getSegment().asSlice(offset, length).asByteBuffer());
    }
    return checksum.getValue();
  }
}
