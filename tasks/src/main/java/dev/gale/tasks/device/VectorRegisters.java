package dev.gale.tasks.device;

import jdk.incubator.vector.FloatVector;

/** The vector registers of the processor that the JVM runs on. */
final class VectorRegisters {

  private VectorRegisters() {}

  /**
   * Elements of single precision in one, as the JVM uses them: 16 with AVX-512, 8 with AVX2, 4 with NEON; 0 where the JVM has no module that tells. A JVM
   * may use shorter ones than there are: it was told to, or takes them for slow on that processor.
   */
  static int floats() {
    try {
      return FloatVector.SPECIES_PREFERRED.length();
    } catch (NoClassDefFoundError notResolved) {
      // jdk.incubator.vector is there only for JVMs that ask for it.
      return 0;
    }
  }
}
