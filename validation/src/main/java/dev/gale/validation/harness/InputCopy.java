package dev.gale.validation.harness;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The buffer that an operator reads: a copy of a case's input, which must be the same after a run as before it. */
final class InputCopy implements RunCheck {

  private final String name;
  private final FloatArray buffer;
  private FloatArray source;

  InputCopy(String name, FloatArray source) {
    this.name = name;
    this.source = source;
    this.buffer = new FloatArray(source.getSize());
  }

  FloatArray buffer() {
    return buffer;
  }

  /** Takes the input of another case, as long as the first one's. */
  void load(FloatArray newSource) {
    source = newSource;
    MemorySegment.copy(
        source.getSegment(), 0, buffer.getSegment(), 0, buffer.getNumBytesOfSegment());
  }

  @Override
  public @Nullable String complaint(String where) {
    long difference = buffer.getSegment().mismatch(source.getSegment());
    return difference < 0
        ? null
        : where
            + ": "
            + name
            + ": an input was written, first at element "
            + difference / Float.BYTES;
  }
}
