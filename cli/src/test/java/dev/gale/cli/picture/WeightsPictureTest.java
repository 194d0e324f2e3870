package dev.gale.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

final class WeightsPictureTest {

  @TempDir private Path directory;

  @Test
  void isAPngOfTheSizeOfItsCells() throws Exception {
    BufferedImage image = picture(FloatArray.fromElements(1, 0, 0.25f, 0.75f), 2, 2);
    assertThat(image.getWidth()).isGreaterThan(2 * 96);
    assertThat(image.getHeight()).isGreaterThan(2 * 96);
    assertThat(colours(image)).hasSizeGreaterThan(50);
  }

  @Test
  void paintsEachCellWithItsWeight_queriesDownwardsAndKeysToTheRight() {
    Panel panel = panel(FloatArray.fromElements(1, 0, 0.25f, 0.75f), 2, 2);
    ColourScale scale = ColourScale.of(2, 1);
    BufferedImage image =
        new BufferedImage(panel.width(), panel.height(), BufferedImage.TYPE_INT_RGB);
    panel.draw(image.createGraphics(), scale);
    assertThat(cell(image, panel, 0, 0)).isEqualTo(scale.colour(1));
    assertThat(cell(image, panel, 0, 1)).isEqualTo(Color.WHITE);
    assertThat(cell(image, panel, 1, 0)).isEqualTo(scale.colour(0.25));
    assertThat(cell(image, panel, 1, 1)).isEqualTo(scale.colour(0.75));
  }

  @Test
  void hasAPanelAHead_upToSixteen() throws Exception {
    int one = picture(uniform(3, 3), 3, 3).getWidth();
    assertThat(picture(uniform(4, 3, 3), 4, 3, 3).getWidth()).isGreaterThan(3 * one / 2);
    BufferedImage sixteen = picture(uniform(16, 3, 3), 16, 3, 3);
    BufferedImage more = picture(uniform(40, 3, 3), 2, 20, 3, 3);
    assertThat(more.getHeight()).isEqualTo(sixteen.getHeight());
  }

  @Test
  void poolsWhatIsLargerThanAScreen_keepingTheLargestWeight() {
    FloatArray weights = uniform(1500, 1000);
    weights.set(700 * 1000 + 321, 0.9f);
    Pooled pooled = Pooled.of(weights, 0, 1500, 1000, 680);
    assertThat(pooled.step()).isEqualTo(3);
    assertThat(pooled.rows()).isEqualTo(500);
    assertThat(pooled.cols()).isEqualTo(334);
    assertThat(pooled.at(700 / 3, 321 / 3)).isEqualTo(0.9f);
    assertThat(pooled.largest()).isEqualTo(0.9f);
  }

  @Test
  void labelsRoundPositions_andNotMoreThanFit() {
    assertThat(Ticks.of(5, 16)).containsExactly(0, 1, 2, 3, 4);
    assertThat(Ticks.of(1024, 6)).containsExactly(0, 200, 400, 600, 800, 1000);
    assertThat(Ticks.of(1000, 1)).containsExactly(0);
  }

  @Test
  void growsDarker_whenTheWeightGrows() {
    for (ColourScale scale : List.of(ColourScale.of(8, 0.5), ColourScale.of(1024, 0.5))) {
      double before = Double.MAX_VALUE;
      for (double weight = 0.01; weight <= 0.5; weight *= 2) {
        Color colour = scale.colour(weight);
        double light =
            0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue();
        assertThat(light).isLessThan(before);
        before = light;
      }
      assertThat(scale.colour(0)).isEqualTo(Color.WHITE);
      assertThat(scale.ticks().getLast().at()).isEqualTo(1);
      assertThat(scale.ticks().getLast().label()).isEqualTo("0.5");
    }
  }

  private BufferedImage picture(FloatArray weights, Integer... shape) throws Exception {
    Path file = directory.resolve("w.png");
    WeightsPicture.write(file, weights, List.of(shape));
    return ImageIO.read(file.toFile());
  }

  private static Panel panel(FloatArray weights, int seqLenQ, int seqLenK) {
    return new Panel(Pooled.of(weights, 0, seqLenQ, seqLenK, 680), "", seqLenQ, seqLenK, 20);
  }

  private static Color cell(BufferedImage image, Panel panel, int row, int col) {
    return new Color(
        image.getRGB(Panel.LEFT + col * panel.cell() + 10, Panel.TOP + row * panel.cell() + 10));
  }

  private static FloatArray uniform(int... shape) {
    int elements = 1;
    for (int size : shape) {
      elements *= size;
    }
    FloatArray weights = new FloatArray(elements);
    weights.init(1f / shape[shape.length - 1]);
    return weights;
  }

  private static Set<Integer> colours(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours;
  }
}
