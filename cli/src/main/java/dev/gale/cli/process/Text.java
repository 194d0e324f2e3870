package dev.gale.cli.process;

/** Words from what programs print. */
final class Text {

  private Text() {}

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
