package dev.gale.cli.picture;

import dev.gale.cli.common.GaleException;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** Letters of pictures, and whether this machine can draw any: a bare one has no fonts, and the JDK then fails midway. */
public final class Fonts {

  private static final int SIZE = 12;

  private Fonts() {}

  static Font plain() {
    return new Font(Font.SANS_SERIF, Font.PLAIN, SIZE);
  }

  static Font bold() {
    return new Font(Font.SANS_SERIF, Font.BOLD, SIZE + 1);
  }

  static int boldWidth(String text) {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      return graphics.getFontMetrics(bold()).stringWidth(text);
    } finally {
      graphics.dispose();
    }
  }

  /**
   * Draws a letter.
   *
   * @param what begins the complaint
   * @throws GaleException with status 2 if it can't be drawn
   */
  public static void check(String what) {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setFont(plain());
      graphics.drawString("g", 4, 12);
    } catch (RuntimeException | Error failure) {
      // The JDK throws a plain Error when it finds no font at all.
      Throwable root = failure;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw GaleException.badRequest(
          what
              + ": a picture needs fonts, and this machine has none that Java can use ("
              + String.valueOf(root.getMessage()).replaceAll("\\s+", " ")
              + "); install fontconfig, libfreetype6 and a font such as fonts-dejavu-core, or"
              + " write the weights to a .npy file");
    } finally {
      graphics.dispose();
    }
  }
}
