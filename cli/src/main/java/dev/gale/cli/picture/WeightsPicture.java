package dev.gale.cli.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Attention probabilities as heat maps, one a head: keys to the right, queries downwards, one colour bar for all heads. Cells
 * are whole pixels, because smoothed ones show seams that are not in the data.
 */
public final class WeightsPicture {

  private static final int MOST_HEADS = 16;
  private static final int PANELS_A_LINE = 4;
  private static final int LARGE_PLOT = 680;
  private static final int SMALL_PLOT = 320;
  private static final int LARGEST_CELL = 96;
  private static final int HEADING = 34;
  private static final int BAR_WIDTH = 18;
  private static final int BAR_SPACE = 110;
  private static final int LEAST_BAR_HEIGHT = 96;
  private static final int MOST_BAR_HEIGHT = 400;

  private final List<Panel> panels;
  private final ColourScale scale;
  private final String heading;
  private final int columns;

  private WeightsPicture(List<Panel> panels, ColourScale scale, String heading) {
    this.panels = panels;
    this.scale = scale;
    this.heading = heading;
    this.columns = Math.min(panels.size(), PANELS_A_LINE);
  }

  /**
   * Draws a picture.
   *
   * @param file the PNG file, overwritten
   * @param weights probabilities
   * @param shape their sizes: [seqLenQ, seqLenK], [numHeads, seqLenQ, seqLenK] or [batchSize, numHeads, seqLenQ,
   *     seqLenK]
   */
  public static void write(Path file, FloatArray weights, List<Integer> shape) throws IOException {
    if (!ImageIO.write(of(weights, shape).draw(), "png", file.toFile())) {
      throw new IOException("this JDK has no writer of PNG files");
    }
  }

  static WeightsPicture of(FloatArray weights, List<Integer> shape) {
    int seqLenQ = shape.get(shape.size() - 2);
    int seqLenK = shape.getLast();
    int heads = weights.getSize() / (seqLenQ * seqLenK);
    int drawn = Math.min(heads, MOST_HEADS);
    int plot = drawn == 1 ? LARGE_PLOT : SMALL_PLOT;
    List<Panel> panels = new ArrayList<>();
    float largest = 0;
    for (int head = 0; head < drawn; head++) {
      Pooled pooled = Pooled.of(weights, head, seqLenQ, seqLenK, plot);
      largest = Math.max(largest, pooled.largest());
      int cell = Math.min(LARGEST_CELL, plot / Math.max(pooled.rows(), pooled.cols()));
      panels.add(new Panel(pooled, title(shape, head, heads), seqLenQ, seqLenK, cell));
    }
    ColourScale scale = ColourScale.of(seqLenK, largest);
    return new WeightsPicture(
        panels, scale, heading(panels.getFirst().weights().step(), drawn, heads));
  }

  private static String title(List<Integer> shape, int head, int heads) {
    if (heads == 1) {
      return "";
    }
    int numHeads = shape.get(shape.size() - 3);
    String batch =
        shape.size() == 4 && shape.getFirst() > 1 ? "batch " + head / numHeads + ", " : "";
    return batch + "head " + head % numHeads;
  }

  private static String heading(int step, int drawn, int heads) {
    return "attention weights"
        + (drawn < heads ? ", the first " + drawn + " of " + heads + " heads" : "")
        + (step > 1 ? " (a cell: the largest of " + step + " x " + step + ")" : "");
  }

  BufferedImage draw() {
    Panel panel = panels.getFirst();
    int lines = Math.ceilDiv(panels.size(), columns);
    int plots = columns * panel.width();
    int height = HEADING + Math.max(lines * panel.height(), barHeight(lines) + 2 * Panel.TOP);
    int width = Math.max(plots + BAR_SPACE, Fonts.boldWidth(heading) + 2 * Panel.RIGHT);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(Color.BLACK);
    graphics.setFont(Fonts.bold());
    Panel.centred(graphics, heading, width / 2, 22);
    for (int p = 0; p < panels.size(); p++) {
      Graphics2D at = (Graphics2D) graphics.create();
      at.translate(p % columns * panel.width(), HEADING + p / columns * panel.height());
      panels.get(p).draw(at, scale);
      at.dispose();
    }
    graphics.translate(plots + 4, HEADING + Panel.TOP);
    bar(graphics, barHeight(lines));
    graphics.dispose();
    return image;
  }

  private int barHeight(int lines) {
    Panel panel = panels.getFirst();
    int plots = lines * panel.height() - Panel.TOP - Panel.BOTTOM;
    return Math.clamp(plots, LEAST_BAR_HEIGHT, MOST_BAR_HEIGHT);
  }

  private void bar(Graphics2D graphics, int height) {
    for (int y = 0; y < height; y++) {
      graphics.setColor(scale.colourAt(1 - y / (height - 1.0)));
      graphics.fillRect(0, y, BAR_WIDTH, 1);
    }
    graphics.setColor(Color.DARK_GRAY);
    graphics.drawRect(-1, -1, BAR_WIDTH + 1, height + 1);
    graphics.setColor(Color.BLACK);
    graphics.setFont(Fonts.plain());
    int half = graphics.getFontMetrics().getAscent() / 2 - 1;
    for (ColourScale.Tick tick : scale.ticks()) {
      int y = (int) Math.round((1 - tick.at()) * (height - 1));
      graphics.drawLine(BAR_WIDTH, y, BAR_WIDTH + 4, y);
      graphics.drawString(tick.label(), BAR_WIDTH + 8, y + half);
    }
    graphics.drawString(scale.logarithmic() ? "weight (log)" : "weight", 0, height + 10 + 2 * half);
  }
}
