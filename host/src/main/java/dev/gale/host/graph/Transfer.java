package dev.gale.host.graph;

import uk.ac.manchester.tornado.api.enums.DataTransferMode;

/**
 * One object that moves between host and device.
 *
 * @param object the object, compared by identity
 * @param mode one of {@link DataTransferMode}'s constants
 */
public record Transfer(Object object, int mode) {

  /** Whether the object moves at every execution. */
  public boolean atEveryExecution() {
    return mode == DataTransferMode.EVERY_EXECUTION;
  }

  /** Whether the object moves only when the program asks. */
  public boolean underDemand() {
    return mode == DataTransferMode.UNDER_DEMAND;
  }
}
