package dev.gale.benchmarks.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The intervals are those of the tables of the sign test. */
final class MedianIntervalTest {

  @Test
  void takesTheSecondOfEachEnd_whenThereAreNine() {
    MedianInterval interval = MedianInterval.of(9, 1, 8, 2, 7, 3, 6, 4, 5);
    assertThat(interval.median()).isEqualTo(5);
    assertThat(interval.low()).isEqualTo(2);
    assertThat(interval.high()).isEqualTo(8);
    // 1 - 2 (1 + 9) / 2^9
    assertThat(interval.confidence()).isEqualTo(1 - 20 / 512.0);
    assertThat(interval.samples()).isEqualTo(9);
  }

  @Test
  void takesTheSixthOfEachEnd_whenThereAreTwenty() {
    double[] sample = new double[20];
    Arrays.setAll(sample, i -> i + 1);
    MedianInterval interval = MedianInterval.of(sample);
    assertThat(interval.median()).isEqualTo(10.5);
    assertThat(interval.low()).isEqualTo(6);
    assertThat(interval.high()).isEqualTo(15);
    // 1 - 2 (1 + 20 + 190 + 1140 + 4845 + 15504) / 2^20
    assertThat(interval.confidence()).isEqualTo(1 - 2 * 21700 / 1048576.0);
  }

  @Test
  void isTheRangeAndSaysHowLittleItIsWorth_whenThereAreTooFew() {
    MedianInterval interval = MedianInterval.of(3, 1, 2);
    assertThat(interval.low()).isEqualTo(1);
    assertThat(interval.high()).isEqualTo(3);
    assertThat(interval.confidence()).isEqualTo(0.75);
  }

  @Test
  void hasNoConfidence_whenThereIsOne() {
    MedianInterval interval = MedianInterval.of(7);
    assertThat(interval).isEqualTo(new MedianInterval(7, 7, 7, 0, 1));
  }

  @Test
  void coversTheMedianAsOftenAsItSays_whenDrawnAgainAndAgain() {
    SplittableRandom random = new SplittableRandom(5);
    int trials = 4000;
    int covered = 0;
    double confidence = 0;
    for (int t = 0; t < trials; t++) {
      // Skewed: its median is log 2.
      double[] sample = random.doubles(9).map(u -> -Math.log(1 - u)).toArray();
      MedianInterval interval = MedianInterval.of(sample);
      confidence = interval.confidence();
      covered += interval.low() <= Math.log(2) && Math.log(2) <= interval.high() ? 1 : 0;
    }
    // Six standard deviations of a binomial distribution: the seed is fixed, so this holds or does
    // not.
    double deviation = Math.sqrt(trials * confidence * (1 - confidence));
    assertThat(Math.abs(covered - trials * confidence)).isLessThan(6 * deviation);
  }

  @Test
  void refuses_whenThereIsNone() {
    assertThatThrownBy(MedianInterval::of).isInstanceOf(IllegalArgumentException.class);
  }
}
