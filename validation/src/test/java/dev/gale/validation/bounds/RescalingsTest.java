package dev.gale.validation.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RescalingsTest {

  @Test
  void onlyMergesRescale_whenScoresFall() {
    assertThat(most(0, 8, 7, 6, 5, 4, 3, 2, 1)).isEqualTo(3);
  }

  @Test
  void everyScoreRescales_whenScoresRise() {
    assertThat(most(0, 1, 2, 3, 4, 5, 6, 7, 8)).isEqualTo(7);
  }

  @Test
  void equalScoresDoNotRescale() {
    assertThat(most(0, 1, 1, 1, 1)).isEqualTo(2);
  }

  @Test
  void equalScoresMayRescale_whenTheyAreKnownToAnErrorOnly() {
    assertThat(most(1e-6, 1, 1, 1, 1)).isEqualTo(3);
  }

  @Test
  void oneScoreNeverRescales() {
    assertThat(most(0, 5)).isZero();
    assertThat(most(0)).isZero();
  }

  /** Whatever values the intervals allow, no chain of records is longer. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void boundsTheRecordsOfAnyPart(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int count = 40;
    double[] low = new double[count];
    double[] high = new double[count];
    Rescalings rescalings = new Rescalings(count);
    for (int j = 0; j < count; j++) {
      low[j] = random.nextGaussian();
      high[j] = low[j] + random.nextDouble() * random.nextInt(2);
      rescalings.add(low[j], high[j]);
    }
    int merges = 6;
    int chain = Math.min(count - 1, longestChain(low, high) - 1 + merges);
    assertThat(rescalings.most()).isEqualTo(chain);
    for (int trial = 0; trial < 200; trial++) {
      assertThat(rescalings.most()).isGreaterThanOrEqualTo(recordsOfAPart(low, high, random) - 1);
    }
  }

  /** Records of a random part of the row, its scores picked from their intervals. */
  private static int recordsOfAPart(double[] low, double[] high, RandomGenerator random) {
    int records = 0;
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < low.length; j++) {
      double score = low[j] + random.nextDouble() * (high[j] - low[j]);
      if (random.nextBoolean() && score > max) {
        max = score;
        records++;
      }
    }
    return records;
  }

  /** By trying, for each score, the end of the longest chain of each length: quadratic, and plain. */
  private static int longestChain(double[] low, double[] high) {
    int count = low.length;
    double[] ends = new double[count + 1];
    Arrays.fill(ends, Double.POSITIVE_INFINITY);
    ends[0] = Double.NEGATIVE_INFINITY;
    int longest = 0;
    for (int j = 0; j < count; j++) {
      for (int length = longest; length >= 0; length--) {
        if (ends[length] < high[j]) {
          ends[length + 1] = Math.min(ends[length + 1], Math.max(ends[length], low[j]));
          longest = Math.max(longest, length + 1);
        }
      }
    }
    return longest;
  }

  private static int most(double error, double... scores) {
    Rescalings rescalings = new Rescalings(scores.length);
    for (double score : scores) {
      rescalings.add(score - error, score + error);
    }
    return rescalings.most();
  }
}
