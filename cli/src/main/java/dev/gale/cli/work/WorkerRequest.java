package dev.gale.cli.work;

import java.util.List;

/**
 * What one worker process does.
 *
 * @param device the device's name, or {@link #BEST}
 * @param jobs what to run on it, in this order; none to list the devices only
 */
public record WorkerRequest(String device, List<Job> jobs) {

  /** The best device that the worker's runtime has. */
  public static final String BEST = "best";

  /** Asks for the devices that the worker's runtime has. */
  public static WorkerRequest list() {
    return new WorkerRequest(BEST, List.of());
  }
}
