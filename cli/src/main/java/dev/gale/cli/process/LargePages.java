package dev.gale.cli.process;

import java.util.Map;

/**
 * Has the memory outside a process's Java heap come in pages of 2 MiB where Linux grants them: with pages of 4 KiB a
 * kernel that reads a large array waits for address translation. glibc's allocator asks for them from version 2.35 on if
 * it is told to (<a href="https://sourceware.org/glibc/manual/latest/html_node/Memory-Allocation-Tunables.html">Memory
 * Allocation Tunables</a>); others ignore the variable.
 */
final class LargePages {

  private static final String VARIABLE = "GLIBC_TUNABLES";
  private static final String TUNABLE = "glibc.malloc.hugetlb";

  private LargePages() {}

  /** Adds the wish to a process's environment, unless its user decided about it. */
  static void askFor(Map<String, String> environment) {
    String tunables = environment.getOrDefault(VARIABLE, "");
    if (!tunables.contains(TUNABLE)) {
      environment.put(VARIABLE, (tunables.isEmpty() ? "" : tunables + ":") + TUNABLE + "=1");
    }
  }
}
