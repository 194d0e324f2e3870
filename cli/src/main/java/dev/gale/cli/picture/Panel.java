package dev.gale.cli.picture;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.Locale;

/**
 * The heat map of one head: title, cells, axes with token positions.
 *
 * @param weights what it shows
 * @param title of the head; empty for none
 * @param seqLenQ queries
 * @param seqLenK keys
 * @param cell width and height of a cell, pixels
 */
record Panel(Pooled weights, String title, int seqLenQ, int seqLenK, int cell) {

  static final int LEFT = 64;
  static final int TOP = 28;
  static final int RIGHT = 16;
  static final int BOTTOM = 48;
  private static final int LEAST_CELL_WITH_VALUE = 46;
  private static final int MARK = 4;
  private static final int LABEL_SPACE_ACROSS = 40;
  private static final int LABEL_SPACE_DOWN = 24;

  int width() {
    return LEFT + plotWidth() + RIGHT;
  }

  int height() {
    return TOP + plotHeight() + BOTTOM;
  }

  int plotWidth() {
    return weights.cols() * cell;
  }

  int plotHeight() {
    return weights.rows() * cell;
  }

  /** Draws it with its upper left corner at the origin. */
  void draw(Graphics2D graphics, ColourScale scale) {
    cells(graphics, scale);
    graphics.setColor(Color.DARK_GRAY);
    graphics.drawRect(LEFT - 1, TOP - 1, plotWidth() + 1, plotHeight() + 1);
    graphics.setFont(Fonts.bold());
    centred(graphics, title, LEFT + plotWidth() / 2, TOP - 10);
    graphics.setFont(Fonts.plain());
    keyAxis(graphics);
    queryAxis(graphics);
  }

  private void cells(Graphics2D graphics, ColourScale scale) {
    graphics.setFont(Fonts.plain());
    FontMetrics metrics = graphics.getFontMetrics();
    for (int row = 0; row < weights.rows(); row++) {
      for (int col = 0; col < weights.cols(); col++) {
        float weight = weights.at(row, col);
        int x = LEFT + col * cell;
        int y = TOP + row * cell;
        graphics.setColor(scale.colour(weight));
        graphics.fillRect(x, y, cell, cell);
        if (cell >= LEAST_CELL_WITH_VALUE) {
          graphics.setColor(scale.inkOn(weight));
          centred(
              graphics,
              String.format(Locale.ROOT, "%.4f", weight),
              x + cell / 2,
              y + (cell + metrics.getAscent()) / 2 - 1);
        }
      }
    }
  }

  private void keyAxis(Graphics2D graphics) {
    int y = TOP + plotHeight();
    graphics.setColor(Color.BLACK);
    for (int position : Ticks.of(seqLenK, mostLabels(plotWidth() / LABEL_SPACE_ACROSS))) {
      int x = LEFT + centre(position);
      graphics.drawLine(x, y, x, y + MARK);
      centred(graphics, Integer.toString(position), x, y + MARK + 13);
    }
    centred(graphics, "key position", LEFT + plotWidth() / 2, y + MARK + 32);
  }

  private void queryAxis(Graphics2D graphics) {
    graphics.setColor(Color.BLACK);
    FontMetrics metrics = graphics.getFontMetrics();
    for (int position : Ticks.of(seqLenQ, mostLabels(plotHeight() / LABEL_SPACE_DOWN))) {
      int y = TOP + centre(position);
      String label = Integer.toString(position);
      graphics.drawLine(LEFT - 1 - MARK, y, LEFT - 1, y);
      graphics.drawString(
          label, LEFT - MARK - 4 - metrics.stringWidth(label), y + metrics.getAscent() / 2 - 1);
    }
    Graphics2D turned = (Graphics2D) graphics.create();
    turned.translate(14, TOP + plotHeight() / 2);
    turned.rotate(-Math.PI / 2);
    centred(turned, "query position", 0, 0);
    turned.dispose();
  }

  /** Axes of one length are labelled alike. */
  private int mostLabels(int most) {
    return seqLenQ == seqLenK ? plotWidth() / LABEL_SPACE_ACROSS : most;
  }

  /** The middle of the place that a position has in its cell. */
  private int centre(int position) {
    return (2 * position + 1) * cell / (2 * weights.step());
  }

  static void centred(Graphics2D graphics, String text, int x, int y) {
    graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2, y);
  }
}
