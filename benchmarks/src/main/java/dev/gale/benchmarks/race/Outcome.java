package dev.gale.benchmarks.race;

import dev.gale.benchmarks.contestant.Opened;
import dev.gale.benchmarks.statistics.MedianInterval;

/** What came of a contestant. */
public sealed interface Outcome {

  /**
   * It computed the right thing in a time that was measured.
   *
   * @param opened the first call
   * @param judgement of the results before and after the rounds
   * @param nanosPerCall of the samples, from call to return
   * @param kernelNanosPerCall median; NaN where nothing tells it apart
   * @param copyInNanosPerCall likewise
   * @param copyOutNanosPerCall likewise
   * @param cores how many were busy, over all samples
   * @param callsPerSample calls whose time was divided for each number of the sample
   */
  record Measured(
      Opened opened,
      Judgement judgement,
      MedianInterval nanosPerCall,
      double kernelNanosPerCall,
      double copyInNanosPerCall,
      double copyOutNanosPerCall,
      double cores,
      int callsPerSample)
      implements Outcome {}

  /** It takes no part. */
  record Absent(String reason) implements Outcome {}

  /** It computed the wrong thing: how fast is of no interest. */
  record Wrong(Opened opened, Judgement judgement) implements Outcome {}

  /** It failed. */
  record Failed(String message) implements Outcome {}
}
