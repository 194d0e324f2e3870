package dev.gale.cli.process;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of this process by a signal: its workers end and their directories go, and nothing is begun or said any more.
 * Threads that would are held until the JVM halts: that a worker was killed here is nobody's failure.
 */
final class Ending {

  /** Signals from a terminal reach workers too, which may end before this process is told: HUP, INT, TERM. */
  private static final Set<Integer> SIGNALLED = Set.of(128 + 1, 128 + 2, 128 + 15);

  private static final long GRACE_MILLIS = 1000;

  /** How long a process that was killed may take to go. */
  private static final long LAST_SECONDS = 5;

  private static final CountDownLatch BEGUN = new CountDownLatch(1);
  private static final Object LOCK = new Object();
  private static final Set<Process> PROCESSES = new LinkedHashSet<>();
  private static final Set<PrivateDirectory> DIRECTORIES = new LinkedHashSet<>();

  static {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(Ending::end, "end-workers"));
    } catch (IllegalStateException endingAlready) {
      BEGUN.countDown();
    }
  }

  private Ending() {}

  /** Makes something that has to go when this process ends. */
  interface Making<T> {
    T make() throws IOException;
  }

  static Process process(Making<Process> start) throws IOException {
    return made(PROCESSES, start);
  }

  static PrivateDirectory directory(Making<PrivateDirectory> create) throws IOException {
    return made(DIRECTORIES, create);
  }

  private static <T> T made(Set<T> all, Making<T> making) throws IOException {
    synchronized (LOCK) {
      if (BEGUN.getCount() > 0) {
        T made = making.make();
        all.add(made);
        return made;
      }
    }
    hold();
    throw new IOException("interrupted");
  }

  /** It has gone, or shall stay. */
  static void forget(Object made) {
    synchronized (LOCK) {
      PROCESSES.remove(made);
      DIRECTORIES.remove(made);
    }
  }

  /** Ends a process and all that it has started. */
  static void kill(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * Returns if a process that is dead has died by itself, and not because this one is ending.
   *
   * @param status its exit status
   */
  static void holdIfEnding(int status) throws InterruptedException {
    boolean ending =
        SIGNALLED.contains(status)
            ? BEGUN.await(GRACE_MILLIS, TimeUnit.MILLISECONDS)
            : BEGUN.getCount() == 0;
    if (ending) {
      hold();
    }
  }

  private static void hold() {
    while (true) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException ignored) {
        // The JVM halts when its hooks are done.
      }
    }
  }

  private static void end() {
    List<Process> processes;
    List<PrivateDirectory> directories;
    synchronized (LOCK) {
      BEGUN.countDown();
      processes = List.copyOf(PROCESSES);
      directories = List.copyOf(DIRECTORIES);
    }
    try {
      processes.forEach(Ending::kill);
      for (Process process : processes) {
        // One that a driver keeps in the kernel may never go.
        process.waitFor(LAST_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException noTime) {
      Thread.currentThread().interrupt();
    }
    directories.forEach(PrivateDirectory::delete);
  }
}
