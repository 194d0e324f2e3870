package dev.gale.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.host.HostKernels;
import dev.gale.host.kernel.KernelReport.Execution;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task1;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class OtherLoaderTest {

  private static final class OtherLoader extends ClassLoader {
    OtherLoader() {
      super(OtherLoaderTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(LoadedTwice.class.getName())) {
        return super.loadClass(name, resolve);
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void kernelRunsOnOneThread_whenAnotherLoaderHasLoadedIt() throws Exception {
    Class<?> other = new OtherLoader().loadClass(LoadedTwice.class.getName());
    Method kernel = other.getMethod("increment", IntArray.class);
    IntArray a = new IntArray(100);
    Task1<IntArray> task = (Task1<IntArray>) other.getMethod("task").invoke(null);

    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
            .task("t", task, a)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, a);
    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.execute();
    }

    assertThat(other).isNotSameAs(LoadedTwice.class);
    assertThat(a.toHeapArray()).containsOnly(1);
    KernelReport report = HostKernels.report(kernel);
    assertThat(report.execution()).isEqualTo(Execution.SEQUENTIAL);
    assertThat(report.detail())
        .startsWith("it could not be rewritten: java.lang.IllegalAccessException");
  }
}
