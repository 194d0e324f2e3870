package dev.gale.cli.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a {@code .npy} file, as <a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a> defines it.
 *
 * @param descr the element type, as in {@code <f4}
 * @param fortranOrder whether the first index varies fastest
 * @param shape the sizes of the axes; empty for a scalar
 * @param dataOffset bytes before the first element
 */
record NpyHeader(String descr, boolean fortranOrder, List<Long> shape, long dataOffset) {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER_BYTES = 1 << 20;
  private static final Pattern DESCR = Pattern.compile("['\"]descr['\"]\\s*:\\s*(['\"])(.*?)\\1");
  private static final Pattern STRUCTURED = Pattern.compile("['\"]descr['\"]\\s*:\\s*\\[");
  private static final Pattern ORDER =
      Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
  private static final Pattern SHAPE =
      Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([0-9,\\sL]*)\\)");

  /** Reads the header at the start of a file. */
  static NpyHeader read(FileChannel channel) throws IOException, NpyException {
    ByteBuffer start = read(channel, 0, 12);
    if (start.remaining() == 0) {
      throw new NpyException("the file is empty, expected a .npy file");
    }
    byte[] magic = new byte[Math.min(MAGIC.length, start.remaining())];
    start.get(0, magic);
    if (!Arrays.equals(magic, 0, magic.length, MAGIC, 0, magic.length)) {
      throw new NpyException(
          "not a .npy file: it starts with bytes "
              + HexFormat.ofDelimiter(" ").formatHex(magic)
              + ", expected 93 4e 55 4d 50 59");
    }
    if (start.remaining() < 12) {
      throw truncated();
    }
    int major = start.get(6);
    int minor = start.get(7);
    if (major != 1 && major != 2) {
      throw new NpyException("npy format version " + major + "." + minor + ", expected 1.0 or 2.0");
    }
    int prefix = major == 1 ? 10 : 12;
    long length =
        major == 1
            ? Short.toUnsignedInt(start.getShort(8))
            : Integer.toUnsignedLong(start.getInt(8));
    if (length > MAX_HEADER_BYTES) {
      throw new NpyException(
          "header of " + length + " bytes, expected at most " + MAX_HEADER_BYTES);
    }
    ByteBuffer dictionary = read(channel, prefix, (int) length);
    if (dictionary.remaining() < length) {
      throw truncated();
    }
    return parse(StandardCharsets.ISO_8859_1.decode(dictionary).toString(), prefix + length);
  }

  private static NpyHeader parse(String text, long dataOffset) throws NpyException {
    if (STRUCTURED.matcher(text).find()) {
      throw new NpyException("a structured dtype, expected '<f4' (fp32, little-endian)");
    }
    String descr = find(DESCR, 2, "descr", text);
    boolean fortranOrder = find(ORDER, 1, "fortran_order", text).equals("True");
    List<Long> shape = new ArrayList<>();
    for (String size : find(SHAPE, 1, "shape", text).split("[,\\sL]+", -1)) {
      if (!size.isEmpty()) {
        // Eighteen digits fit a long; nothing that exists is longer.
        shape.add(size.length() > 18 ? Long.MAX_VALUE : Long.parseLong(size));
      }
    }
    return new NpyHeader(descr, fortranOrder, List.copyOf(shape), dataOffset);
  }

  private static String find(Pattern pattern, int group, String key, String text)
      throws NpyException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new NpyException(
          "header has no readable '" + key + "': " + text.strip().replaceAll("[^ -~]", "?"));
    }
    return matcher.group(group);
  }

  private static ByteBuffer read(FileChannel channel, long position, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
      // Reads until the buffer or the file ends.
    }
    return buffer.flip();
  }

  private static NpyException truncated() {
    return new NpyException("truncated: the file ends inside its header");
  }

  /** The shape as NumPy writes it: {@code (4, 48, 64)}. */
  static String shapeText(List<? extends Number> shape) {
    StringBuilder text = new StringBuilder("(");
    for (int axis = 0; axis < shape.size(); axis++) {
      text.append(axis == 0 ? "" : ", ").append(shape.get(axis));
    }
    return text.append(shape.size() == 1 ? ",)" : ")").toString();
  }
}
