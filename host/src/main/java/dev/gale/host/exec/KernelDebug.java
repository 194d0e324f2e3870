package dev.gale.host.exec;

import java.util.Locale;

/** What a kernel prints. Calls of the API's {@code Debug.printf}, which only compilers understand, are sent here. */
public final class KernelDebug {

  private KernelDebug() {}

  /**
   * Prints a message.
   *
   * @param format the format
   * @param arguments what to put into it
   */
  public static void printf(String format, Object... arguments) {
    System.out.print(String.format(Locale.ROOT, format, arguments));
  }
}
