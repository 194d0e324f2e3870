package dev.gale.kernels.guard;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Leaves a buffer as it is. TornadoVM does not copy a buffer to the device that its first kernel only writes, so that
 * elements which that kernel leaves out come back as whatever lay there; one that this kernel comes first to is copied.
 */
public final class Keep {

  private Keep() {}

  /**
   * buffer[i] = buffer[i].
   *
   * <p>Work items: one an element.
   *
   * <p>Numerics: none; the bits stay, but for the signalling of a NaN on some devices.
   *
   * <p>Cost: no FLOP; 4 bytes an element read and written.
   *
   * <p>Preconditions are checked by {@code dev.gale.tasks.plan.GraphBuilder}.
   *
   * @param buffer [length], read and written
   * @param length its length
   */
  public static void keep(FloatArray buffer, int length) {
    for (@Parallel int i = 0; i < length; i++) {
      buffer.set(i, buffer.get(i));
    }
  }
}
