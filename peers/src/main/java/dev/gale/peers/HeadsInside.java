package dev.gale.peers;

import java.lang.foreign.MemorySegment;

/**
 * The layout [batchSize, seqLen, heads, dim] that some libraries want, beside Gale's [batchSize, heads, seqLen, dim].
 *
 * @param batchSize sequences
 * @param heads heads of each
 * @param seqLen positions
 * @param dim elements of a head at a position
 */
public record HeadsInside(int batchSize, int heads, int seqLen, int dim) {

  /** From Gale's layout. */
  public NativeFloats from(NativeFloats source) {
    NativeFloats result = NativeFloats.zeros(elements());
    copy(source.segment(), result.segment(), true);
    return result;
  }

  /** To Gale's layout. */
  public NativeFloats to(NativeFloats source) {
    NativeFloats result = NativeFloats.zeros(elements());
    copy(source.segment(), result.segment(), false);
    return result;
  }

  private long elements() {
    return (long) batchSize * heads * seqLen * dim;
  }

  private void copy(MemorySegment source, MemorySegment target, boolean inwards) {
    long bytes = (long) Float.BYTES * dim;
    for (int b = 0; b < batchSize; b++) {
      for (int h = 0; h < heads; h++) {
        for (int i = 0; i < seqLen; i++) {
          long outside = bytes * (((long) b * heads + h) * seqLen + i);
          long inside = bytes * (((long) b * seqLen + i) * heads + h);
          MemorySegment.copy(
              source, inwards ? outside : inside, target, inwards ? inside : outside, bytes);
        }
      }
    }
  }
}
