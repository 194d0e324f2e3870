package dev.gale.host.exec;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A fixed pool of platform threads that runs the slices of one kernel at a time.
 *
 * <p>The calling thread works too, so a pool of {@code n} threads starts {@code n - 1}. Slices are taken from a shared
 * counter, which balances kernels whose work items cost unequal time. Idle workers spin for a few tens of
 * microseconds before they park, because kernels of one task graph follow each other closely. Callers that come while a
 * kernel is running wait their turn: the machine is never oversubscribed.
 */
public final class WorkerPool {

  /** The system property that sets the number of threads that run kernels. */
  public static final String THREADS_PROPERTY = "gale.host.threads";

  /** How long a thread that waits only spins. */
  private static final long SPIN_NANOS = 50_000;

  /**
   * How long it stays awake, giving its core to whoever wants it. Where waking takes longer than spinning, threads that once parked would keep
   * parking: each is asleep when the other is done. Longer than a scheduler's slice, too.
   */
  private static final long AWAKE_NANOS = 5_000_000;

  /** What a worker does for each slice it takes. */
  @FunctionalInterface
  public interface SliceBody {
    /**
     * Runs one slice.
     *
     * @param slice the index of the slice
     * @param worker the index of the thread, below {@link #threads()}; no two threads have the same at one time
     */
    void run(int slice, int worker) throws Throwable;
  }

  private final Thread[] workers;
  private final int threads;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile @Nullable Job current;

  /**
   * Makes a pool.
   *
   * @param threads how many threads run slices, the caller's among them
   */
  WorkerPool(int threads) {
    this.threads = threads;
    this.workers = new Thread[threads - 1];
    for (int i = 0; i < workers.length; i++) {
      Worker worker = new Worker(i + 1);
      workers[i] = worker;
      worker.start();
    }
  }

  /** The pool of this process, of {@value #THREADS_PROPERTY} threads, by default one for each logical core. */
  public static WorkerPool shared() {
    return Shared.POOL;
  }

  /** How many threads run slices, the caller's among them. */
  public int threads() {
    return threads;
  }

  /**
   * Runs all slices and returns when they are done.
   *
   * @param slices how many there are
   * @param body run once for each index below {@code slices}
   * @throws KernelFailure when a slice throws; the slices not yet begun are then left out
   */
  public void run(int slices, SliceBody body) {
    if (Thread.currentThread() instanceof Worker || turn.isHeldByCurrentThread()) {
      throw new IllegalStateException("a kernel can not start another task graph");
    }
    turn.lock();
    try {
      Job job = new Job(body, slices, Thread.currentThread());
      if (slices > 1 && workers.length > 0) {
        current = job;
        for (Thread worker : workers) {
          // A worker that spins sees the job itself; unpark only costs a system call when it is
          // parked.
          LockSupport.unpark(worker);
        }
      }
      job.work(0);
      job.awaitCompletion();
      current = null;
      Throwable failure = job.failure;
      if (failure != null) {
        throw new KernelFailure(failure);
      }
    } finally {
      turn.unlock();
    }
  }

  private static int configuredThreads() {
    String value = System.getProperty(THREADS_PROPERTY);
    if (value == null || value.isBlank()) {
      return Runtime.getRuntime().availableProcessors();
    }
    int threads;
    try {
      threads = Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      threads = 0;
    }
    if (threads < 1) {
      throw new IllegalArgumentException(
          THREADS_PROPERTY + ": " + value + ", expected a whole number of at least 1");
    }
    return threads;
  }

  /** Spins or yields once if a thread that waits since then should; tells if not. */
  private static boolean staysAwake(long since) {
    long waited = System.nanoTime() - since;
    if (waited < SPIN_NANOS) {
      Thread.onSpinWait();
    } else if (waited < AWAKE_NANOS) {
      Thread.yield();
    } else {
      return false;
    }
    return true;
  }

  private static final class Shared {
    static final WorkerPool POOL = new WorkerPool(configuredThreads());
  }

  private static final class Job {
    final SliceBody body;
    final int slices;
    final Thread caller;
    final AtomicInteger next = new AtomicInteger();
    final AtomicInteger done = new AtomicInteger();
    volatile @Nullable Throwable failure;

    Job(SliceBody body, int slices, Thread caller) {
      this.body = body;
      this.slices = slices;
      this.caller = caller;
    }

    void work(int worker) {
      int slice;
      while ((slice = next.getAndIncrement()) < slices) {
        try {
          if (failure == null) {
            body.run(slice, worker);
          }
        } catch (Throwable t) {
          failure = t;
        }
        if (done.incrementAndGet() == slices && worker != 0) {
          LockSupport.unpark(caller);
        }
      }
    }

    void awaitCompletion() {
      long since = 0;
      boolean interrupted = false;
      while (done.get() < slices) {
        if (since == 0) {
          since = System.nanoTime();
        }
        if (!staysAwake(since)) {
          LockSupport.park(this);
          interrupted |= Thread.interrupted();
        }
      }
      if (interrupted) {
        caller.interrupt();
      }
    }
  }

  private final class Worker extends Thread {
    private final int index;

    Worker(int index) {
      super("gale-host-" + index);
      this.index = index;
      setDaemon(true);
    }

    @Override
    public void run() {
      Job last = null;
      long idleSince = System.nanoTime();
      while (true) {
        Job job = current;
        if (job != null && job != last) {
          job.work(index);
          last = job;
          idleSince = System.nanoTime();
        } else if (!staysAwake(idleSince)) {
          last = null;
          if (current == null || current == job) {
            parkUntilJob(job);
          }
          idleSince = System.nanoTime();
        }
      }
    }

    private void parkUntilJob(@Nullable Job seen) {
      Job job = current;
      while (job == null || job == seen) {
        LockSupport.park(this);
        job = current;
      }
    }
  }
}
