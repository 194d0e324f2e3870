package dev.gale.host.kernel;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.reflect.Method;
import java.util.Optional;

/** What {@code withPrintKernel} prints for a kernel: how it runs, and its bytecode. */
public final class KernelListing {

  private KernelListing() {}

  /**
   * Lists a kernel.
   *
   * @param name the task's full name
   * @param method the kernel's method, where it is known
   * @param report how it runs
   */
  public static String of(String name, Optional<Method> method, KernelReport report) {
    StringBuilder text = new StringBuilder("// task " + name + ": " + report + "\n");
    method.ifPresent(m -> text.append(m).append('\n'));
    method
        .flatMap(m -> ClassFiles.of(m.getDeclaringClass()).flatMap(c -> ClassFiles.method(c, m)))
        .flatMap(m -> m.code())
        .ifPresent(code -> code.forEach(e -> append(text, e)));
    return text.toString();
  }

  private static void append(StringBuilder text, CodeElement element) {
    if (element instanceof LineNumber line) {
      text.append("  line ").append(line.line()).append('\n');
    } else if (element instanceof Instruction instruction) {
      text.append("    ").append(instruction).append('\n');
    }
  }
}
