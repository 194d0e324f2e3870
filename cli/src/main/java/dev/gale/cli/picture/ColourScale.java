package dev.gale.cli.picture;

import java.awt.Color;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which colour a weight has: light for small, dark for large, white for none.
 *
 * <p>Over few keys the scale is linear from 0. Over many it is logarithmic, from a tenth of what a key would have if all
 * had the same: weights of one picture then range over several powers of ten, of which a linear scale shows the last.
 *
 * @param low the weight of the lightest colour
 * @param high the weight of the darkest
 * @param logarithmic whether equal ratios have equal distances
 */
record ColourScale(double low, double high, boolean logarithmic) {

  /** ColorBrewer's YlGnBu, nine classes. */
  private static final int[] COLOURS = {
    0xffffd9, 0xedf8b1, 0xc7e9b4, 0x7fcdbb, 0x41b6c4, 0x1d91c0, 0x225ea8, 0x253494, 0x081d58
  };

  private static final int MOST_KEYS_FOR_LINEAR = 64;
  private static final double SMALLEST_SHARE = 0.1;
  private static final int LINEAR_TICKS = 5;

  /**
   * A weight to be marked on the colour bar.
   *
   * @param at 0 at the low end, 1 at the high end
   */
  record Tick(double at, String label) {}

  /**
   * The scale of a picture.
   *
   * @param keys how many keys share the weight of a query
   * @param largest the largest weight of the picture
   */
  static ColourScale of(int keys, double largest) {
    double high = largest > 0 ? largest : 1;
    return keys <= MOST_KEYS_FOR_LINEAR
        ? new ColourScale(0, high, false)
        : new ColourScale(Math.min(SMALLEST_SHARE / keys, high * SMALLEST_SHARE), high, true);
  }

  /** Where a weight stands: 0 at the low end or below, 1 at the high end. */
  double at(double weight) {
    double at =
        logarithmic ? Math.log(weight / low) / Math.log(high / low) : (weight - low) / (high - low);
    return Math.clamp(at, 0, 1);
  }

  Color colour(double weight) {
    return weight > 0 ? colourAt(at(weight)) : Color.WHITE;
  }

  /** The colour of letters that can be read on a weight's colour. */
  Color inkOn(double weight) {
    Color paper = colour(weight);
    double luma = 0.299 * paper.getRed() + 0.587 * paper.getGreen() + 0.114 * paper.getBlue();
    return luma > 128 ? Color.BLACK : Color.WHITE;
  }

  Color colourAt(double at) {
    double place = at * (COLOURS.length - 1);
    int below = Math.min((int) place, COLOURS.length - 2);
    Color from = new Color(COLOURS[below]);
    Color to = new Color(COLOURS[below + 1]);
    double share = place - below;
    return new Color(
        mix(from.getRed(), to.getRed(), share),
        mix(from.getGreen(), to.getGreen(), share),
        mix(from.getBlue(), to.getBlue(), share));
  }

  /** The ends and round values between them. */
  List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    if (!logarithmic) {
      for (int i = 0; i < LINEAR_TICKS; i++) {
        double at = i / (LINEAR_TICKS - 1.0);
        ticks.add(new Tick(at, label(low + at * (high - low))));
      }
      return ticks;
    }
    ticks.add(new Tick(0, label(low)));
    double power = Math.pow(10, Math.ceil(Math.log10(low)));
    for (; power < high; power *= 10) {
      // A label that stands on that of an end can't be read.
      if (at(power) > 0.05 && at(power) < 0.95) {
        ticks.add(new Tick(at(power), label(power)));
      }
    }
    ticks.add(new Tick(1, label(high)));
    return ticks;
  }

  private static String label(double weight) {
    BigDecimal rounded = new BigDecimal(weight, new MathContext(3)).stripTrailingZeros();
    return weight < 1e-3 && weight > 0
        ? String.format(Locale.ROOT, "%.1e", weight)
        : rounded.toPlainString();
  }

  private static int mix(int from, int to, double share) {
    return (int) Math.round(from + share * (to - from));
  }
}
