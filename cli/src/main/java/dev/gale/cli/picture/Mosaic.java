package dev.gale.cli.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Pictures of one size side by side. */
final class Mosaic {

  private Mosaic() {}

  static BufferedImage of(List<BufferedImage> images, int mostALine) {
    int columns = Math.min(mostALine, images.size());
    int lines = Math.ceilDiv(images.size(), columns);
    int width = images.getFirst().getWidth();
    int height = images.getFirst().getHeight();
    BufferedImage all =
        new BufferedImage(columns * width, lines * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = all.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, all.getWidth(), all.getHeight());
    for (int i = 0; i < images.size(); i++) {
      graphics.drawImage(images.get(i), i % columns * width, i / columns * height, null);
    }
    graphics.dispose();
    return all;
  }
}
