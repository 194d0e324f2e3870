package dev.gale.host.exec;

/** One thread's means to run the work groups of a kernel, one after another. */
interface GroupRunner {
  /**
   * Runs a group.
   *
   * @param x the group's index along x
   * @param y the group's index along y
   * @param z the group's index along z
   */
  void run(int x, int y, int z) throws Throwable;
}
