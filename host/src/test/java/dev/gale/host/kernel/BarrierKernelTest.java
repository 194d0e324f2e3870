package dev.gale.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gale.host.exec.Grid;
import dev.gale.host.exec.Grid.Extent;
import dev.gale.host.exec.GroupExecutor;
import dev.gale.host.exec.GroupExecutor.Launch;
import dev.gale.host.exec.KernelFailure;
import dev.gale.host.exec.WorkerPool;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.vectors.Float4;

/** Kernels with barriers, run both ways: stopped at their barriers, and with a stack for each work item. */
class BarrierKernelTest {

  private static final int GROUP = 8;
  private static final int GROUPS = 5;
  private static final int ITEMS = GROUP * GROUPS;

  /** Kernels that all compute, for each item of {@code out}, the sum of its group's {@code in}. */
  static final class Kernels {

    static void inALoop(KernelContext context, int[] in, int[] out) {
      int[] tile = context.allocateIntLocalArray(GROUP);
      tile[context.localIdx] = in[context.globalIdx];
      for (int stride = 1; stride < context.localGroupSizeX; stride *= 2) {
        context.localBarrier();
        int other = tile[context.localIdx ^ stride];
        context.localBarrier();
        tile[context.localIdx] += other;
      }
      context.globalBarrier();
      out[context.globalIdx] = tile[0];
    }

    static void localsOfEveryType(KernelContext context, int[] in, int[] out) {
      int[] tile = context.allocateIntLocalArray(GROUP);
      long bigLong = 1L << 40;
      double half = 0.5;
      float quarter = 0.25f;
      byte small = -3;
      short shorter = 300;
      char letter = 'x';
      boolean yes = true;
      String text = "text";
      Float4 vector = new Float4(1, 2, 3, 4);
      float[] none = null;
      int[][] nested = {{1}, {2, 3}};
      tile[context.localIdx] = in[context.globalIdx];
      context.localBarrier();
      int sum = 0;
      for (int i = 0; i < GROUP; i++) {
        sum += tile[i];
      }
      boolean kept =
          bigLong == 1L << 40
              && half == 0.5
              && quarter == 0.25f
              && small == -3
              && shorter == 300
              && letter == 'x'
              && yes
              && text.equals("text")
              && vector.getW() == 4
              && none == null
              && nested[1][1] == 3;
      out[context.globalIdx] = kept ? sum : -1;
    }

    static void parametersAreChanged(
        KernelContext context, int[] in, int[] out, int n, double d, long l) {
      int[] tile = context.allocateIntLocalArray(GROUP);
      tile[context.localIdx] = in[context.globalIdx];
      n += context.localIdx;
      d /= 2;
      in = out;
      context.localBarrier();
      int sum = 0;
      for (int i = 0; i < GROUP; i++) {
        sum += tile[i];
      }
      in[context.globalIdx] = n == 7 + context.localIdx && d == 1.5 && l == 1L << 33 ? sum : -1;
    }

    static void returnsEarly(KernelContext context, int[] in, int[] out) {
      int[] tile = context.allocateIntLocalArray(GROUP);
      tile[context.localIdx] = in[context.globalIdx];
      context.localBarrier();
      if (context.localIdx != 0) {
        return;
      }
      for (int i = 0; i < GROUP; i++) {
        int sum = 0;
        for (int j = 0; j < GROUP; j++) {
          sum += tile[j];
        }
        out[context.groupIdx * GROUP + i] = sum;
      }
    }

    static void inBranches(KernelContext context, int[] in, int[] out) {
      int[] tile = context.allocateIntLocalArray(GROUP);
      int mine = in[context.globalIdx];
      if (context.groupIdx % 2 == 0) {
        tile[context.localIdx] = mine;
        context.localBarrier();
      } else {
        try {
          tile[context.localIdx] = mine;
          context.globalBarrier();
        } catch (IndexOutOfBoundsException e) {
          tile[0] = -1;
        }
      }
      int sum = 0;
      int i = 0;
      while (i < GROUP) {
        sum += tile[i++];
      }
      out[context.globalIdx] = sum;
    }

    static void throughHelpers(KernelContext context, int[] in, int[] out) {
      int[] tile = context.allocateIntLocalArray(GROUP);
      tile[local(context)] = in[context.globalIdx];
      context.localBarrier();
      out[context.globalIdx] = sum(tile, context);
    }

    private static int local(KernelContext context) {
      return context.localIdx;
    }

    private static int sum(int[] tile, KernelContext context) {
      int sum = 0;
      for (int i = 0; i < context.localGroupSizeX; i++) {
        sum += tile[i];
      }
      return sum;
    }

    static void barrierInAHelper(KernelContext context, int[] in, int[] out) {
      int[] tile = context.allocateIntLocalArray(GROUP);
      tile[context.localIdx] = in[context.globalIdx];
      await(context);
      out[context.globalIdx] = sum(tile, context);
    }

    private static void await(KernelContext context) {
      context.localBarrier();
    }

    static void contextGoesToAnotherClass(KernelContext context, int[] in, int[] out) {
      int[] tile = context.allocateIntLocalArray(GROUP);
      tile[Elsewhere.local(context)] = in[context.globalIdx];
      context.localBarrier();
      out[context.globalIdx] = sum(tile, context);
    }

    static int returnsAValue(KernelContext context, int[] in, int[] out) {
      int[] tile = context.allocateIntLocalArray(GROUP);
      tile[context.localIdx] = in[context.globalIdx];
      context.localBarrier();
      out[context.globalIdx] = sum(tile, context);
      return tile[0];
    }

    static void twoBarriers(KernelContext context, int[] in, int[] out) {
      if (context.localIdx < 3) {
        context.localBarrier();
      } else {
        context.globalBarrier();
      }
    }

    static void readsUnwritten(KernelContext context, FloatArray out) {
      float[] tile = context.allocateFloatLocalArray(GROUP);
      if (context.localIdx == 0) {
        tile[0] = 1;
      }
      context.localBarrier();
      out.set(context.globalIdx, tile[context.localIdx]);
    }

    static void firstItemTells(KernelContext context, int[] in, int[] out) {
      int[] told = context.allocateIntLocalArray(1);
      if (context.localIdx == 0) {
        told[0] = in[context.groupIdx];
      }
      out[context.globalIdx] = told[0];
      context.localBarrier();
    }

    static void lastItemTells(KernelContext context, int[] in, int[] out) {
      int[] told = context.allocateIntLocalArray(1);
      if (context.localIdx == GROUP - 1) {
        told[0] = in[context.groupIdx];
      }
      out[context.globalIdx] = told[0];
      context.localBarrier();
    }

    static void throwsAfterABarrier(KernelContext context, int[] in, int[] out) {
      context.localBarrier();
      out[context.globalIdx + 1] = in[context.globalIdx];
    }
  }

  /** Another class, so that its methods are not copied with the kernel. */
  static final class Elsewhere {
    static int local(KernelContext context) {
      return context.localIdx;
    }
  }

  private static Method method(String name) {
    return Arrays.stream(Kernels.class.getDeclaredMethods())
        .filter(m -> m.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void run(String name, boolean stepped, Object... arguments) {
    Method method = method(name);
    CompiledKernel kernel = KernelCompiler.compile(method);
    assertThat(kernel.steps().isPresent() || !stepped).as(kernel.report().detail()).isTrue();
    Grid grid = new Grid(new Extent(ITEMS, 1, 1), new Extent(GROUP, 1, 1), new Extent(0, 0, 0));
    Launch launch =
        new Launch(
            all -> method.invoke(null, all),
            kernel.groups().orElse(null),
            stepped ? kernel.steps().orElseThrow() : null,
            arguments,
            true,
            kernel.boxing());
    GroupExecutor.run(WorkerPool.shared(), grid, launch);
  }

  private static int[] ramp() {
    return IntStream.range(0, ITEMS).toArray();
  }

  private static int[] groupSums() {
    return IntStream.range(0, ITEMS)
        .map(i -> i / GROUP * GROUP * GROUP + GROUP * (GROUP - 1) / 2)
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inALoop",
        "localsOfEveryType",
        "returnsEarly",
        "inBranches",
        "throughHelpers",
        "returnsAValue"
      })
  void sumsGroups_whenItStopsAtBarriers(String kernel) {
    int[] out = new int[ITEMS];
    run(kernel, true, new KernelContext(), ramp(), out);
    assertThat(out).isEqualTo(groupSums());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inALoop",
        "localsOfEveryType",
        "returnsEarly",
        "inBranches",
        "throughHelpers",
        "returnsAValue",
        "barrierInAHelper"
      })
  void sumsGroups_whenEachItemHasAStack(String kernel) {
    int[] out = new int[ITEMS];
    run(kernel, false, new KernelContext(), ramp(), out);
    assertThat(out).isEqualTo(groupSums());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sumsGroups_whenParametersAreChanged(boolean stepped) {
    int[] out = new int[ITEMS];
    run("parametersAreChanged", stepped, new KernelContext(), ramp(), out, 7, 3.0, 1L << 33);
    assertThat(out).isEqualTo(groupSums());
  }

  @Test
  void reportNamesTheOtherClass_whenTheContextGoesThere() {
    CompiledKernel kernel = KernelCompiler.compile(method("contextGoesToAnotherClass"));

    assertThat(kernel.boxing()).isTrue();
    assertThat(kernel.report().detail())
        .startsWith("indices are boxed: it hands its KernelContext to")
        .contains("Elsewhere.local");
  }

  @Test
  void waitingAtDifferentBarriersIsAnError() {
    assertThatThrownBy(() -> run("twoBarriers", true, new KernelContext(), ramp(), ramp()))
        .isInstanceOf(KernelFailure.class)
        .hasMessageContaining("is reached by 3 of its 8 work items")
        .hasMessageContaining("work item (3, 0, 0) has reached globalBarrier in line");
  }

  @ParameterizedTest
  @CsvSource({
    "firstItemTells, true",
    "firstItemTells, false",
    "lastItemTells, true",
    "lastItemTells, false"
  })
  void missingBarrierShows_whicheverItemWrites(String kernel, boolean stepped) {
    int[] out = new int[ITEMS];

    run(kernel, stepped, new KernelContext(), ramp(), out);

    // What an item reads before it is written is -1, the filling of local memory.
    assertThat(out).contains(-1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void localMemoryIsNaN_whereNoItemHasWritten(boolean stepped) {
    FloatArray out = new FloatArray(ITEMS);

    run("readsUnwritten", stepped, new KernelContext(), out);

    for (int i = 0; i < ITEMS; i++) {
      assertThat(Float.valueOf(out.get(i)))
          .isEqualTo(i % GROUP == 0 ? Float.valueOf(1) : Float.valueOf(Float.NaN));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void exceptionIsPassedOn_whenAnItemThrows(boolean stepped) {
    assertThatThrownBy(
            () -> run("throwsAfterABarrier", stepped, new KernelContext(), ramp(), new int[ITEMS]))
        .hasStackTraceContaining("ArrayIndexOutOfBoundsException: Index 40");
  }
}
