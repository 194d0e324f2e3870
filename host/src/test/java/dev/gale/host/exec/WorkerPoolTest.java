package dev.gale.host.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerPoolTest {

  @ParameterizedTest
  @CsvSource({"1,1", "1,10", "2,1", "2,7", "4,100", "3,0"})
  void everySliceRunsOnce(int threads, int slices) {
    WorkerPool pool = new WorkerPool(threads);
    AtomicIntegerArray runs = new AtomicIntegerArray(Math.max(1, slices));

    pool.run(slices, (slice, worker) -> runs.incrementAndGet(slice));

    for (int i = 0; i < slices; i++) {
      assertThat(runs.get(i)).isEqualTo(1);
    }
  }

  @Test
  void slicesRunAtTheSameTime_whenThereAreSeveralThreads() {
    int threads = 3;
    WorkerPool pool = new WorkerPool(threads);
    CountDownLatch all = new CountDownLatch(threads);
    Set<Thread> seen = ConcurrentHashMap.newKeySet();

    pool.run(
        threads,
        (slice, worker) -> {
          seen.add(Thread.currentThread());
          all.countDown();
          // Only when each slice has a thread of its own do all get past here.
          all.await();
        });

    assertThat(seen).hasSize(threads).contains(Thread.currentThread());
  }

  @Test
  void noTwoThreadsShareAWorkerIndex() {
    int threads = 4;
    WorkerPool pool = new WorkerPool(threads);
    AtomicIntegerArray inside = new AtomicIntegerArray(threads);
    AtomicInteger clashes = new AtomicInteger();

    for (int round = 0; round < 50; round++) {
      pool.run(
          64,
          (slice, worker) -> {
            if (inside.incrementAndGet(worker) != 1) {
              clashes.incrementAndGet();
            }
            Thread.onSpinWait();
            inside.decrementAndGet(worker);
          });
    }

    assertThat(clashes).hasValue(0);
  }

  @Test
  void callersWaitTheirTurn_whenSeveralComeAtOnce() throws Exception {
    WorkerPool pool = new WorkerPool(2);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger mostRunning = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int c = 0; c < 4; c++) {
      Thread caller =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int round = 0; round < 20; round++) {
                      pool.run(
                          8,
                          (slice, worker) -> {
                            int now = running.incrementAndGet();
                            mostRunning.accumulateAndGet(now, Math::max);
                            Thread.onSpinWait();
                            running.decrementAndGet();
                          });
                    }
                  });
      callers.add(caller);
    }
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(mostRunning.get()).isBetween(1, 2);
  }

  @Test
  void failureReachesTheCallerAndThePoolGoesOn() {
    WorkerPool pool = new WorkerPool(2);

    assertThatThrownBy(
            () ->
                pool.run(
                    16,
                    (slice, worker) -> {
                      if (slice == 11) {
                        throw new ArithmeticException("slice 11");
                      }
                    }))
        .isInstanceOf(KernelFailure.class)
        .hasRootCauseMessage("slice 11");

    AtomicInteger runs = new AtomicInteger();
    pool.run(5, (slice, worker) -> runs.incrementAndGet());
    assertThat(runs).hasValue(5);
  }

  @Test
  void interruptIsKept_whenTheCallerIsInterrupted() {
    WorkerPool pool = new WorkerPool(2);
    AtomicInteger runs = new AtomicInteger();

    Thread.currentThread().interrupt();
    pool.run(32, (slice, worker) -> runs.incrementAndGet());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(runs).hasValue(32);
  }

  @Test
  void nestedUseIsAnError() {
    WorkerPool pool = new WorkerPool(1);

    assertThatThrownBy(() -> pool.run(1, (slice, worker) -> pool.run(1, (s, w) -> {})))
        .hasStackTraceContaining("a kernel can not start another task graph");
  }

  @Test
  void virtualThreadsMayCall() throws Exception {
    WorkerPool pool = new WorkerPool(2);
    AtomicInteger runs = new AtomicInteger();

    Thread.ofVirtual().start(() -> pool.run(64, (slice, worker) -> runs.incrementAndGet())).join();

    assertThat(runs).hasValue(64);
  }
}
