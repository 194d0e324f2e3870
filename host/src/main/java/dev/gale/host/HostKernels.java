package dev.gale.host;

import dev.gale.host.kernel.KernelCompiler;
import dev.gale.host.kernel.KernelReport;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/** Asks how the JVM device runs a kernel: in parallel or not, and why. */
public final class HostKernels {

  private HostKernels() {}

  /**
   * How a kernel runs.
   *
   * @param kernel the kernel's method
   */
  public static KernelReport report(Method kernel) {
    return KernelCompiler.compile(kernel).report();
  }

  /**
   * How a kernel runs.
   *
   * @param type the class that declares it
   * @param name the name of its method
   * @throws IllegalArgumentException when the class has no method of that name, or several
   */
  public static KernelReport report(Class<?> type, String name) {
    List<Method> methods =
        Arrays.stream(type.getDeclaredMethods()).filter(m -> m.getName().equals(name)).toList();
    if (methods.size() != 1) {
      throw new IllegalArgumentException(
          "%s.%s: %d methods of that name, expected 1"
              .formatted(type.getName(), name, methods.size()));
    }
    return report(methods.getFirst());
  }
}
