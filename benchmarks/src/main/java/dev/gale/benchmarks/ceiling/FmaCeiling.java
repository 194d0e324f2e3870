package dev.gale.benchmarks.ceiling;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Independent chains of fused multiply-adds in vector registers: more chains than latency times throughput of the units
 * asks for (4 cycles, 2 a cycle), and fewer than there are registers.
 */
final class FmaCeiling implements Ceiling {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;
  private static final int STEPS = 1 << 20;

  /** What each thread computed: something must depend on the loop, or it would be left out. */
  private final float[] results;

  FmaCeiling(int threads) {
    results = new float[threads];
  }

  @Override
  public long work() {
    return 2L * CHAINS * STEPS * SPECIES.length();
  }

  @Override
  public void pass(int thread) {
    results[thread] = chains(STEPS, 0.999f, 1e-3f);
  }

  /** x = x factor + addend in each chain: x stays near 1, far from where arithmetic is slow. */
  private static float chains(int steps, float factor, float addend) {
    FloatVector m = FloatVector.broadcast(SPECIES, factor);
    FloatVector c = FloatVector.broadcast(SPECIES, addend);
    FloatVector x0 = m;
    FloatVector x1 = m;
    FloatVector x2 = m;
    FloatVector x3 = m;
    FloatVector x4 = m;
    FloatVector x5 = m;
    FloatVector x6 = m;
    FloatVector x7 = m;
    FloatVector x8 = m;
    FloatVector x9 = m;
    FloatVector x10 = m;
    FloatVector x11 = m;
    for (int i = 0; i < steps; i++) {
      x0 = x0.fma(m, c);
      x1 = x1.fma(m, c);
      x2 = x2.fma(m, c);
      x3 = x3.fma(m, c);
      x4 = x4.fma(m, c);
      x5 = x5.fma(m, c);
      x6 = x6.fma(m, c);
      x7 = x7.fma(m, c);
      x8 = x8.fma(m, c);
      x9 = x9.fma(m, c);
      x10 = x10.fma(m, c);
      x11 = x11.fma(m, c);
    }
    return x0.add(x1)
        .add(x2.add(x3))
        .add(x4.add(x5))
        .add(x6.add(x7))
        .add(x8.add(x9))
        .add(x10.add(x11))
        .reduceLanes(VectorOperators.ADD);
  }
}
