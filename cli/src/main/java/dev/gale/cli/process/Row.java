package dev.gale.cli.process;

import dev.gale.cli.work.Job;
import dev.gale.cli.work.JobResult;

/**
 * What became of a job on a device.
 *
 * @param device the device's name
 * @param job the job
 * @param outcome a result or a failure
 */
public record Row(String device, Job job, Outcome outcome) {

  /** A result, right or wrong, or none. */
  public sealed interface Outcome {}

  /** The device computed something. */
  public record Computed(JobResult result) implements Outcome {}

  /**
   * It did not.
   *
   * @param status the exit status it calls for
   * @param message one line
   */
  public record Failed(int status, String message) implements Outcome {}
}
