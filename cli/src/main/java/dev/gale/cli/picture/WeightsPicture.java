package dev.gale.cli.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.style.HeatMapStyler;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Attention probabilities as heat maps, one a head: keys to the right, queries downwards, one scale of colours from 0 to
 * the largest weight for all heads of the picture.
 */
public final class WeightsPicture {

  private static final int MOST_HEADS = 16;
  private static final int MOST_CELLS = 256;
  private static final int MOST_CELLS_WITH_VALUES = 12;
  private static final int MOST_LABELS = 16;
  private static final int SINGLE_WIDTH = 960;
  private static final int PANEL_WIDTH = 560;
  private static final int PANELS_A_LINE = 4;

  /** Light to dark, so that black figures can be read on all but the last; from ColorBrewer's YlGnBu. */
  private static final Color[] COLOURS = {
    new Color(0xffffff),
    new Color(0xedf8b1),
    new Color(0xc7e9b4),
    new Color(0x7fcdbb),
    new Color(0x41b6c4),
    new Color(0x1d91c0)
  };

  private WeightsPicture() {}

  /**
   * Draws a picture.
   *
   * @param file the PNG file, overwritten
   * @param weights probabilities
   * @param shape their sizes: [seqLenQ, seqLenK], [numHeads, seqLenQ, seqLenK] or [batchSize, numHeads, seqLenQ, seqLenK]
   */
  public static void write(Path file, FloatArray weights, List<Integer> shape) throws IOException {
    int seqLenQ = shape.get(shape.size() - 2);
    int seqLenK = shape.getLast();
    int heads = weights.getSize() / (seqLenQ * seqLenK);
    int drawn = Math.min(heads, MOST_HEADS);
    List<Pooled> panels = new ArrayList<>();
    float largest = 0;
    for (int head = 0; head < drawn; head++) {
      Pooled panel = Pooled.of(weights, head, seqLenQ, seqLenK, MOST_CELLS);
      largest = Math.max(largest, panel.largest());
      panels.add(panel);
    }
    int width = drawn == 1 ? SINGLE_WIDTH : PANEL_WIDTH;
    List<BufferedImage> images = new ArrayList<>();
    for (int head = 0; head < drawn; head++) {
      String title = title(shape, head, heads, panels.get(head).step());
      images.add(paint(chart(panels.get(head), title, largest, width)));
    }
    if (!ImageIO.write(Mosaic.of(images, PANELS_A_LINE), "png", file.toFile())) {
      throw new IOException("this JDK has no writer of PNG files");
    }
  }

  private static String title(List<Integer> shape, int head, int heads, int step) {
    StringBuilder title = new StringBuilder("attention weights");
    if (shape.size() == 4 && shape.getFirst() > 1) {
      title.append(", batch ").append(head / shape.get(1));
    }
    if (heads > 1) {
      title.append(", head ").append(shape.size() == 4 ? head % shape.get(1) : head);
    }
    if (heads > MOST_HEADS && head == 0) {
      title.append(" (first ").append(MOST_HEADS).append(" of ").append(heads).append(')');
    }
    if (step > 1) {
      title.append(String.format(Locale.ROOT, ", largest of %d x %d a cell", step, step));
    }
    return title.toString();
  }

  private static HeatMapChart chart(Pooled panel, String title, float largest, int width) {
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(width)
            .height(height(panel, width))
            .title(title)
            .xAxisTitle("key position")
            .yAxisTitle("query position")
            .build();
    int size = width == SINGLE_WIDTH ? 15 : 13;
    HeatMapStyler styler = chart.getStyler();
    styler.setMin(0).setMax(largest > 0 ? largest : 1);
    styler.setRangeColors(COLOURS);
    styler.setHeatMapDecimalValueFormatter(value -> String.format(Locale.ROOT, "%.3g", value));
    styler.setShowValue(Math.max(panel.rows(), panel.cols()) <= MOST_CELLS_WITH_VALUES);
    styler.setHeatMapValueDecimalPattern("0.0000");
    styler.setValueFont(font(Font.PLAIN, size));
    styler.setValueFontColor(Color.BLACK);
    styler.setGradientColorColumnHeight(height(panel, width) / 2);
    styler.setDrawBorder(false);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotContentSize(1);
    styler.setChartTitleFont(font(Font.BOLD, size));
    styler.setLegendFont(font(Font.PLAIN, size - 2));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setAxisTitleFont(font(Font.PLAIN, size));
    styler.setAxisTickLabelsFont(font(Font.PLAIN, size - 2));
    // Labels stand on round positions only; marks would stand at every cell.
    styler.setAxisTicksMarksVisible(false);
    styler.setPlotGridLinesVisible(false);
    // Smoothed edges of neighbouring cells show as a grid of seams.
    styler.setAntiAlias(false);
    int most = width == SINGLE_WIDTH ? MOST_LABELS : MOST_LABELS / 2;
    List<String> rows = PositionLabels.of(panel.rows(), panel.step(), most);
    chart.addSeries(
        "weights",
        PositionLabels.of(panel.cols(), panel.step(), most),
        rows.reversed(),
        cells(panel));
    return chart;
  }

  /** XChart counts rows from below. */
  private static List<Number[]> cells(Pooled panel) {
    List<Number[]> cells = new ArrayList<>();
    for (int row = 0; row < panel.rows(); row++) {
      for (int col = 0; col < panel.cols(); col++) {
        cells.add(new Number[] {col, panel.rows() - 1 - row, panel.at(row, col)});
      }
    }
    return cells;
  }

  /** Cells about as high as wide, within what a page can hold. */
  private static int height(Pooled panel, int width) {
    int frame = 90;
    int plot = (width - 150) * panel.rows() / panel.cols();
    return frame + Math.clamp(plot, width / 6, width);
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  private static BufferedImage paint(HeatMapChart chart) {
    BufferedImage image =
        new BufferedImage(chart.getWidth(), chart.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    graphics.dispose();
    return image;
  }
}
