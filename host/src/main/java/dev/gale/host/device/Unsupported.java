package dev.gale.host.device;

import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** The one way to say that the JVM device lacks a feature of the API: an exception that names it. */
public final class Unsupported {

  private Unsupported() {}

  /**
   * An exception to throw.
   *
   * @param feature what was asked for, as a noun
   * @return the exception; it is not thrown here, so that callers can write {@code throw}
   */
  public static TornadoRuntimeException feature(String feature) {
    return new TornadoRuntimeException("the JVM device (host:0) does not support " + feature);
  }
}
