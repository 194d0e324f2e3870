package dev.gale.benchmarks.peer;

import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.cases.SoftmaxCase;
import org.jspecify.annotations.Nullable;

/**
 * A library beside which Gale is measured, found by {@link java.util.ServiceLoader}. It has a process to itself: what it
 * sets there concerns nobody else.
 *
 * <p>A method for an operator copies the case's input into buffers of the library and returns a call that computes on
 * them; or null if the library has no such operator, or not for this shape.
 */
public interface Peer {

  /** Its name, one of {@link KnownPeer#ALL}. */
  String id();

  /**
   * Loads the library and fixes its number of threads. Comes before all else, once.
   *
   * @param threads how many may compute at once, the caller's among them
   * @throws LinkageError if the library, or a native part of it, is not there
   * @throws Exception if it fails otherwise
   */
  Loaded load(int threads) throws Exception;

  /** C = A B. */
  default @Nullable PeerCall matmul(MatmulCase input) throws Exception {
    return null;
  }

  /** Softmax by rows. */
  default @Nullable PeerCall softmax(SoftmaxCase input) throws Exception {
    return null;
  }

  /** Attention: the output, in the layout of the case. Without a mask; causal as {@code AttentionOptions} says. */
  default @Nullable PeerCall attention(AttentionCase input) throws Exception {
    return null;
  }

  /**
   * What was loaded.
   *
   * @param version as the library gives it
   * @param threads how its number of threads was fixed, and to what
   */
  record Loaded(String version, String threads) {}
}
