package dev.gale.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.host.HostKernels;
import dev.gale.host.exec.LoopKernel;
import dev.gale.host.kernel.KernelReport.Execution;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.annotations.Reduce;

class LoopDivisionTest {

  /** Kernels, each counting in {@code hits} how often it runs an index. */
  static final class Kernels {
    static void up(int[] hits, int n) {
      for (@Parallel int i = 0; i < n; i++) {
        hits[i]++;
      }
    }

    static void boundIsAnExpression(int[] hits, int n) {
      int half = n / 2;
      for (@Parallel int i = half; i < half + hits.length - n / 2; i++) {
        hits[i]++;
      }
    }

    static void inclusiveByThrees(int[] hits, int n) {
      for (@Parallel int i = 1; i <= n; i += 3) {
        hits[i]++;
      }
    }

    static void stepInAVariable(int[] hits, long unused, int step) {
      for (@Parallel int i = 0; i < hits.length; i += step) {
        hits[i]++;
      }
    }

    static void twoLoops(int[] hits, int rows, int cols) {
      for (@Parallel int i = 0; i < rows; i++) {
        int row = i * cols;
        for (@Parallel int j = 0; j < cols; j++) {
          hits[row + j]++;
        }
      }
    }

    static void threeLoops(int[] hits, int planes, int rows, int cols) {
      for (@Parallel int p = 0; p < planes; p++) {
        for (@Parallel int i = 0; i < rows; i++) {
          for (@Parallel int j = 0; j < cols; j++) {
            hits[(p * rows + i) * cols + j]++;
          }
        }
      }
    }

    static void triangle(int[] hits, int n) {
      for (@Parallel int i = 0; i < n; i++) {
        for (@Parallel int j = 0; j <= i; j++) {
          hits[i * n + j]++;
        }
      }
    }

    static void bodyWithBranches(int[] hits, int n) {
      for (@Parallel int i = 0; i < n; i++) {
        if (i % 3 == 0) {
          continue;
        }
        int k = 0;
        while (true) {
          if (k++ == i % 5) {
            break;
          }
        }
        switch (i % 4) {
          case 0 -> hits[i] += 1;
          case 1 -> hits[i] += 1;
          default -> hits[i] += 1;
        }
      }
    }

    static int returnsAValue(int[] hits, double unused, int n) {
      for (@Parallel int i = 0; i < n; i++) {
        hits[i]++;
      }
      return n;
    }

    static void countsDown(int[] hits, int n) {
      for (@Parallel int i = n - 1; i >= 0; i--) {
        hits[i]++;
      }
    }

    static void leavesTheLoop(int[] hits, int n) {
      for (@Parallel int i = 0; i < n; i++) {
        hits[i]++;
        if (i == 5) {
          break;
        }
      }
    }

    static void returnsFromTheLoop(int[] hits, int n) {
      for (@Parallel int i = 0; i < n; i++) {
        if (i == 5) {
          return;
        }
        hits[i]++;
      }
    }

    static void changesTheIndex(int[] hits, int n) {
      for (@Parallel int i = 0; i < n; i++) {
        hits[i]++;
        i++;
      }
    }

    static void oneAfterAnother(int[] hits, int n) {
      for (@Parallel int i = 0; i < n; i++) {
        hits[i] = 7;
      }
      for (@Parallel int i = 0; i < n; i++) {
        hits[i] -= 6;
      }
    }

    static void insideAPlainLoop(int[] hits, int n) {
      for (int t = 0; t < 2; t++) {
        for (@Parallel int i = 0; i < n; i++) {
          hits[i]++;
        }
      }
    }

    static void reduction(int[] in, @Reduce int[] sum) {
      for (@Parallel int i = 0; i < in.length; i++) {
        sum[0] += in[i];
      }
    }

    static void noLoop(int[] hits) {
      hits[0]++;
    }
  }

  private static Method method(String name) {
    return Arrays.stream(Kernels.class.getDeclaredMethods())
        .filter(m -> m.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static LoopKernel divided(String name) {
    CompiledKernel kernel = KernelCompiler.compile(method(name));
    assertThat(kernel.report().execution())
        .as(kernel.report().detail())
        .isEqualTo(Execution.DIVIDED_LOOPS);
    return kernel.loops().orElseThrow();
  }

  private static void runSlices(LoopKernel kernel, int slices, Object... arguments) {
    for (int slice = 0; slice < slices; slice++) {
      try {
        kernel.run(arguments, slice, slices);
      } catch (Throwable t) {
        throw new AssertionError("slice " + slice + " of " + slices, t);
      }
    }
  }

  private static int[] whole(String name, int length, Object... arguments) {
    int[] hits = new int[length];
    Object[] all = new Object[arguments.length + 1];
    all[0] = hits;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    try {
      Method method = method(name);
      method.setAccessible(true);
      method.invoke(null, all);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    return hits;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 16, 100, 1000})
  void slicesCoverEachIndexOnce_whateverTheirNumber(int slices) {
    int n = 100;
    int[] hits = new int[n];

    runSlices(divided("up"), slices, hits, n);

    assertThat(hits).containsOnly(1);
  }

  @Test
  void aSliceRunsItsPartOnly() throws Throwable {
    int[] hits = new int[100];

    divided("up").run(new Object[] {hits, 100}, 1, 4);

    assertThat(IntStream.range(0, 100).filter(i -> hits[i] == 1))
        .containsExactlyElementsOf(IntStream.range(25, 50).boxed().toList());
  }

  @Test
  void nothingRuns_whenTheLoopIsEmpty() {
    int[] hits = new int[4];

    runSlices(divided("up"), 8, hits, 0);
    runSlices(divided("up"), 8, hits, -5);

    assertThat(hits).containsOnly(0);
  }

  @Test
  void boundIsComputedWhereTheLoopBegins_whenItIsAnExpression() {
    int[] hits = new int[64];

    runSlices(divided("boundIsAnExpression"), 5, hits, 20);

    assertThat(hits).isEqualTo(whole("boundIsAnExpression", 64, 20));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 40})
  void lastIndexIsIncluded_whenTheConditionIsLessOrEqual(int slices) {
    int[] hits = new int[65];

    runSlices(divided("inclusiveByThrees"), slices, hits, 64);

    assertThat(hits).isEqualTo(whole("inclusiveByThrees", 65, 64)).contains(1);
    assertThat(hits[64]).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1,3", "2,3", "7,5", "50,9"})
  void stepIsKept_whenItIsAVariable(int slices, int step) {
    int[] hits = new int[97];

    runSlices(divided("stepInAVariable"), slices, hits, 0L, step);

    assertThat(hits).isEqualTo(whole("stepInAVariable", 97, 0L, step)).contains(1);
  }

  @ParameterizedTest
  @CsvSource({"1,1,64", "16,1,64", "16,3,50", "16,100,3", "5,7,11", "64,2,2"})
  void slicesCoverEachPairOnce_whenTwoLoopsAreNested(int slices, int rows, int cols) {
    int[] hits = new int[rows * cols];

    runSlices(divided("twoLoops"), slices, hits, rows, cols);

    assertThat(hits).containsOnly(1);
  }

  @Test
  void innerLoopIsDividedToo_whenTheOuterOneIsShort() throws Throwable {
    int[] hits = new int[100];

    divided("twoLoops").run(new Object[] {hits, 1, 100}, 0, 4);

    assertThat(Arrays.stream(hits).sum()).isEqualTo(25);
  }

  @Test
  void slicesCoverEachTripleOnce_whenThreeLoopsAreNested() {
    int[] hits = new int[2 * 5 * 7];

    runSlices(divided("threeLoops"), 16, hits, 2, 5, 7);

    assertThat(hits).containsOnly(1);
  }

  @Test
  void slicesCoverTheTriangle_whenTheInnerBoundDependsOnTheOuterIndex() {
    int n = 9;
    int[] hits = new int[n * n];

    runSlices(divided("triangle"), 16, hits, n);

    assertThat(hits).isEqualTo(whole("triangle", n * n, n));
  }

  @Test
  void bodyIsKept_whenItBranches() {
    int[] hits = new int[100];

    runSlices(divided("bodyWithBranches"), 7, hits, 100);

    assertThat(hits).isEqualTo(whole("bodyWithBranches", 100, 100));
  }

  @Test
  void resultIsDropped_whenTheKernelReturnsAValue() {
    int[] hits = new int[10];

    runSlices(divided("returnsAValue"), 3, hits, 0.5, 10);

    assertThat(hits).containsOnly(1);
  }

  @Test
  void argumentsAreWidened_whenTheTaskBoxesANarrowerType() {
    int[] hits = new int[10];

    runSlices(divided("stepInAVariable"), 3, hits, 0, 1);

    assertThat(hits).containsOnly(1);
  }

  @ParameterizedTest
  @CsvSource({
    "countsDown, the condition of its @Parallel loop",
    "leavesTheLoop, the body of its @Parallel loop leaves the loop",
    "returnsFromTheLoop, the body of its @Parallel loop returns",
    "changesTheIndex, the body of its @Parallel loop changes the index",
    "oneAfterAnother, it has @Parallel loops one after another",
    "insideAPlainLoop, its @Parallel loop is inside a loop that is not",
    "reduction, it is a reduction",
    "noLoop, it has no @Parallel loop"
  })
  void reportSaysWhy_whenAKernelRunsOnOneThread(String name, String why) {
    KernelReport report = HostKernels.report(Kernels.class, name);

    assertThat(report.execution()).isEqualTo(Execution.SEQUENTIAL);
    assertThat(report.detail()).startsWith(why);
    assertThat(report.toString()).isEqualTo("Kernels." + name + ": sequential: " + report.detail());
  }

  @Test
  void kernelIsMadeOnce_whenItIsAskedForAgain() {
    assertThat(divided("up")).isSameAs(divided("up"));
  }
}
