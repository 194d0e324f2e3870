package dev.gale.tasks.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProfileLogTest {

  /** Two runs of a graph, as TornadoVM 5.2.0 logs them. */
  private static final String LOG =
      """
      {
          "g": {
              "TOTAL_KERNEL_TIME": "12",
              "g.keep0": {
                  "METHOD": "Keep.keep",
                  "TASK_KERNEL_TIME": "5"
              },\s
              "g.t": {
                  "METHOD": "PL.copy",
                  "TASK_KERNEL_TIME": "7"
              }
          }
      }
      {
          "g": {
              "TOTAL_KERNEL_TIME": "4",
              "g.keep0": {
                  "METHOD": "Keep.keep",
                  "TASK_KERNEL_TIME": "4"
              },\s
              "g.t": {
                  "METHOD": "PL.copy",
                  "TASK_KERNEL_TIME": "0",
                  "TASK_CODE_GENERATION_TIME": "24730378"
              }
          }
      }
      """;

  @Test
  void readsTheTasksOfTheLastRun() {
    assertThat(ProfileLog.lastRun(LOG))
        .containsEntry("keep0", 4L)
        .containsEntry("t", 0L)
        .hasSize(2);
    assertThat(ProfileLog.lastRun(LOG.substring(0, LOG.lastIndexOf("\n{"))))
        .containsEntry("keep0", 5L)
        .containsEntry("t", 7L)
        .hasSize(2);
  }

  @Test
  void findsNothing_whenThereIsNoLog() {
    assertThat(ProfileLog.lastRun("")).isEmpty();
  }

  @Test
  void addsTheTasksOfAPrefix() {
    assertThat(ProfileLog.sum(ProfileLog.lastRun(LOG), "keep")).isEqualTo(4);
    assertThat(ProfileLog.sum(ProfileLog.lastRun(LOG), "attention")).isZero();
  }
}
