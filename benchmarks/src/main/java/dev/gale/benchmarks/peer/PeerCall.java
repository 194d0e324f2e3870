package dev.gale.benchmarks.peer;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A computation over buffers that stay where they are from call to call. */
public interface PeerCall extends AutoCloseable {

  /** Computes, and returns when the result is there. */
  void run() throws Exception;

  /** Copies the result of the last run out, in the layout of Gale's operator. */
  void read(FloatArray output) throws Exception;

  @Override
  default void close() {}
}
