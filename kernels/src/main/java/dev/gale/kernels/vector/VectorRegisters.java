package dev.gale.kernels.vector;

import jdk.incubator.vector.FloatVector;

/** The vector registers of the processor that the JVM runs on. */
public final class VectorRegisters {

  private VectorRegisters() {}

  /** Elements of single precision in one: 16 with AVX-512, 8 with AVX2, 4 with NEON; 0 where the JVM has no module that tells. */
  public static int floats() {
    try {
      return FloatVector.SPECIES_PREFERRED.length();
    } catch (NoClassDefFoundError notResolved) {
      // jdk.incubator.vector is there only for JVMs that ask for it.
      return 0;
    }
  }
}
