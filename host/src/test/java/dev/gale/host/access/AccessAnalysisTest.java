package dev.gale.host.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntSupplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat4;
import uk.ac.manchester.tornado.api.types.matrix.Matrix2DFloat;
import uk.ac.manchester.tornado.api.types.vectors.Float4;

class AccessAnalysisTest {

  /** Methods whose accesses are known by reading them. */
  static final class Kernels {
    static FloatArray leak;

    static void tornadoArrays(FloatArray in, int n, FloatArray out) {
      for (int i = 0; i < n; i++) {
        out.set(i, in.get(i) * 2);
      }
    }

    static void readModifyWrite(FloatArray a) {
      a.set(0, a.get(0) + 1);
    }

    static void sizesOnly(FloatArray a, FloatArray out) {
      out.set(0, a.getSize());
    }

    static void unused(FloatArray a, FloatArray b) {}

    static void javaArrays(float[] in, double wide, float[] out) {
      out[0] = (float) (in[1] + wide);
    }

    static void nestedArrays(float[][] in, float[][] out) {
      for (int i = 0; i < in.length; i++) {
        out[i][0] = in[i][0];
      }
    }

    static void helper(FloatArray in, FloatArray out) {
      write(out, 3, read(in, 4L, 1));
    }

    private static float read(FloatArray a, long unused, int i) {
      return a.get(i);
    }

    private static void write(FloatArray a, int i, float value) {
      a.set(i, value);
    }

    static void chosen(FloatArray a, FloatArray b, FloatArray out, boolean first) {
      FloatArray source = first ? a : b;
      out.set(0, source.get(0));
    }

    static void segments(FloatArray in, FloatArray out) {
      MemorySegment from = in.getSegment();
      MemorySegment to = out.getSegment().asSlice(0, 8);
      to.set(ValueLayout.JAVA_FLOAT, 0, from.getAtIndex(ValueLayout.JAVA_FLOAT, 0));
    }

    static void copies(FloatArray in, FloatArray out) {
      MemorySegment.copy(in.getSegment(), 0, out.getSegment(), 0, 8);
    }

    static void vectors(FloatArray in, FloatArray out) {
      VectorSpecies<Float> species = FloatVector.SPECIES_PREFERRED;
      MemorySegment from = in.getSegment();
      FloatVector v = FloatVector.fromMemorySegment(species, from, 0, ByteOrder.nativeOrder());
      v.mul(2f).intoMemorySegment(out.getSegment(), 0, ByteOrder.nativeOrder());
    }

    static void tornadoVectors(VectorFloat4 in, VectorFloat4 out) {
      Float4 v = in.get(0);
      out.set(0, Float4.add(v, v));
    }

    static void matrices(Matrix2DFloat in, Matrix2DFloat out) {
      out.set(0, 0, in.get(1, 1));
    }

    static void atomics(KernelContext context, FloatArray sum, IntArray count) {
      context.atomicAdd(sum, 0, 1f);
      context.atomicAdd(count, 0, 1);
    }

    static void leaks(FloatArray a) {
      leak = a;
    }

    static void captures(FloatArray a, FloatArray out) {
      IntSupplier size = a::getSize;
      out.set(0, size.getAsInt());
    }

    static void recursive(FloatArray a, int depth) {
      if (depth > 0) {
        recursive(a, depth - 1);
      }
    }

    static void branchesAndLoops(FloatArray a, FloatArray b, FloatArray c, int n) {
      FloatArray target = c;
      int i = 0;
      while (i < n) {
        switch (i % 3) {
          case 0 -> target.set(i, a.get(i));
          case 1 -> target.set(i, i > 5 ? a.get(0) : b.get(0));
          default -> {
            try {
              target.set(i, 1f / (n - i));
            } catch (ArithmeticException e) {
              target.set(i, 0);
            }
          }
        }
        i++;
      }
    }

    int field;

    void instance(FloatArray out) {
      out.set(0, field);
    }
  }

  private static String accesses(String name) {
    Method method =
        Arrays.stream(Kernels.class.getDeclaredMethods())
            .filter(m -> m.getName().equals(name))
            .findFirst()
            .orElseThrow();
    String descriptor =
        MethodType.methodType(method.getReturnType(), method.getParameterTypes())
            .descriptorString();
    Effect effect = AccessAnalysis.of(Kernels.class, name, descriptor);
    int count = method.getParameterCount() + (Modifier.isStatic(method.getModifiers()) ? 0 : 1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ")
          .append(effect.reads(i) ? "r" : "-")
          .append(effect.writes(i) ? "w" : "-");
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "tornadoArrays, r- -- -w",
    "readModifyWrite, rw",
    "sizesOnly, -- -w",
    "unused, -- --",
    "javaArrays, r- -- -w",
    "helper, r- -w",
    "chosen, r- r- -w --",
    "segments, r- -w",
    "copies, r- -w",
    "vectors, r- -w",
    "tornadoVectors, r- -w",
    "matrices, r- -w",
    "instance, r- -w",
    "branchesAndLoops, r- r- -w --"
  })
  void tellsReadsFromWrites(String kernel, String expected) {
    assertThat(accesses(kernel)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "leaks, rw",
    "captures, rw -w",
    "recursive, rw --",
    "atomics, rw rw rw",
    "nestedArrays, r- rw"
  })
  void assumesTheWorst_whenItCanNotFollow(String kernel, String expected) {
    assertThat(accesses(kernel)).isEqualTo(expected);
  }

  @Test
  void assumesTheWorst_whenTheMethodHasNoBytecode() {
    Effect effect = AccessAnalysis.of(Object.class, "hashCode", "()I");

    assertThat(effect.reads(0)).isTrue();
    assertThat(effect.writes(0)).isTrue();
  }
}
