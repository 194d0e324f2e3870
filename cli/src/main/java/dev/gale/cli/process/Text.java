package dev.gale.cli.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Words from what programs print. */
final class Text {

  private static final int END_BYTES = 1 << 16;

  private Text() {}

  /** The end of a file that may be long. */
  static String end(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes = ByteBuffer.allocate(END_BYTES);
      long from = Math.max(0, channel.size() - END_BYTES);
      while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {
        // Reads until the buffer or the file ends.
      }
      return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }
  }

  /** The last line that has a word and is no frame of a stack trace, shortened to something that fits a message. */
  static String lastLine(String text) {
    String last =
        text.lines()
            .filter(line -> line.matches(".*\\w.*") && !line.matches("\\s+at .*"))
            .reduce((before, after) -> after)
            .orElse("");
    // Colour codes of a terminal mean nothing in a message.
    String plain = last.replaceAll("\u001B\\[[0-9;]*m", "").strip();
    return plain.length() > 200 ? plain.substring(0, 200) + "..." : plain;
  }
}
