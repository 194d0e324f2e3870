package dev.gale.host.exec;

/**
 * In which order the work items of a group run to their next barrier.
 *
 * <p>No order is right or wrong for a kernel whose barriers are where they must be. For one that lacks a barrier, some
 * order hides it: where the first work item writes what all others read, the ascending one. So the order is turned round
 * from barrier to barrier and from group to group, always the same way, and the first group begins with the last item.
 */
final class Turns {

  private Turns() {}

  /** Whether the work items of a group run in descending order up to their first barrier. */
  static boolean backwardsAtFirst(int groupX, int groupY, int groupZ) {
    return ((groupX + groupY + groupZ) & 1) == 0;
  }
}
