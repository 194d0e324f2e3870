package dev.gale.cli.picture;

import dev.gale.cli.GaleException;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** Whether this machine can draw letters: a bare one has no fonts, and the JDK then fails in the middle of a picture. */
public final class Fonts {

  private Fonts() {}

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
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
      graphics.drawString("g", 4, 12);
    } catch (RuntimeException | LinkageError failure) {
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
