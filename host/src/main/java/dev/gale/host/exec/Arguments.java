package dev.gale.host.exec;

/** Unboxes the arguments of a kernel, widening where the kernel's parameter is wider than what the task was given. */
public final class Arguments {

  private Arguments() {}

  /** The value of an int parameter. */
  public static int toInt(Object value) {
    return value instanceof Character c ? c : ((Number) value).intValue();
  }

  /** The value of a long parameter. */
  public static long toLong(Object value) {
    return value instanceof Character c ? c : ((Number) value).longValue();
  }

  /** The value of a float parameter. */
  public static float toFloat(Object value) {
    return value instanceof Character c ? c : ((Number) value).floatValue();
  }

  /** The value of a double parameter. */
  public static double toDouble(Object value) {
    return value instanceof Character c ? c : ((Number) value).doubleValue();
  }

  /** The value of a short parameter. */
  public static short toShort(Object value) {
    return ((Number) value).shortValue();
  }

  /** The value of a byte parameter. */
  public static byte toByte(Object value) {
    return ((Number) value).byteValue();
  }

  /** The value of a char parameter. */
  public static char toChar(Object value) {
    return (Character) value;
  }

  /** The value of a boolean parameter. */
  public static boolean toBoolean(Object value) {
    return (Boolean) value;
  }
}
