package dev.gale.host.kernel;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import uk.ac.manchester.tornado.api.KernelContext;

/**
 * What a kernel does with its {@code KernelContext}, read from its bytecode and that of the methods it hands it to.
 *
 * @param calls the methods of {@code KernelContext} that are called
 * @param indices the fields of {@code KernelContext} that are read
 * @param helpers the methods of the kernel's own class that take a {@code KernelContext}, by name and descriptor
 * @param strays methods of other classes, or such as have no bytecode, that are handed a {@code KernelContext}
 */
record ContextUse(
    Set<String> calls, Set<String> indices, Map<String, MethodModel> helpers, Set<String> strays) {

  private static final String CONTEXT = KernelContext.class.getName().replace('.', '/');
  static final ClassDesc CONTEXT_DESC = ClassDesc.of(KernelContext.class.getName());
  private static final Set<String> BARRIERS = Set.of("localBarrier", "globalBarrier");

  /** Whether a barrier can be reached; true as well when a method could not be looked into. */
  boolean reachesBarrier() {
    return calls.stream().anyMatch(BARRIERS::contains)
        || strays.stream().anyMatch(s -> s.startsWith("?"));
  }

  /** Whether only the kernel itself calls barriers, not the methods it hands its context to. */
  boolean barriersAreInKernel() {
    return helpers.values().stream()
        .noneMatch(
            h ->
                h.code()
                    .map(
                        c ->
                            c.elementStream()
                                .anyMatch(
                                    e -> e instanceof InvokeInstruction call && isBarrier(call)))
                    .orElse(false));
  }

  /** Whether an instruction calls a barrier. */
  static boolean isBarrier(InvokeInstruction call) {
    return call.owner().asInternalName().equals(CONTEXT)
        && BARRIERS.contains(call.name().stringValue());
  }

  /** Looks into a kernel. */
  static ContextUse of(Method kernel, ClassModel owner, MethodModel method) {
    ClassLoader loader = kernel.getDeclaringClass().getClassLoader();
    Scan scan = new Scan(owner, loader == null ? ClassLoader.getSystemClassLoader() : loader);
    scan.visit(owner, method);
    return scan.use;
  }

  private static final class Scan {
    private final ClassModel home;
    private final ClassLoader loader;
    private final Set<String> visited = new TreeSet<>();
    private final ContextUse use =
        new ContextUse(new TreeSet<>(), new TreeSet<>(), new LinkedHashMap<>(), new TreeSet<>());

    Scan(ClassModel home, ClassLoader loader) {
      this.home = home;
      this.loader = loader;
    }

    void visit(ClassModel owner, MethodModel method) {
      String name =
          owner.thisClass().asInternalName() + "." + method.methodName() + method.methodType();
      if (visited.add(name)) {
        method.code().ifPresent(code -> code.forEach(e -> visit(owner, e)));
      }
    }

    private void visit(ClassModel owner, CodeElement element) {
      if (element instanceof FieldInstruction field
          && field.owner().asInternalName().equals(CONTEXT)) {
        use.indices.add(field.name().stringValue());
      }
      if (!(element instanceof InvokeInstruction call)) {
        return;
      }
      String target = call.owner().asInternalName();
      if (target.equals(CONTEXT)) {
        use.calls.add(call.name().stringValue());
      } else if (call.typeSymbol().parameterList().contains(CONTEXT_DESC)) {
        visitCallee(owner, call, target);
      }
    }

    private void visitCallee(ClassModel owner, InvokeInstruction call, String target) {
      String signature = call.name().stringValue() + call.type().stringValue();
      Optional<ClassModel> model =
          target.equals(owner.thisClass().asInternalName()) ? Optional.of(owner) : load(target);
      Optional<MethodModel> callee =
          model.flatMap(
              m -> ClassFiles.method(m, call.name().stringValue(), call.type().stringValue()));
      if (callee.isEmpty()
          || callee.get().code().isEmpty()
          || call.opcode() == Opcode.INVOKEINTERFACE) {
        use.strays.add("?" + target + "." + signature);
        return;
      }
      if (call.opcode() == Opcode.INVOKESTATIC
          && target.equals(home.thisClass().asInternalName())) {
        use.helpers.put(signature, callee.get());
      } else {
        use.strays.add(target + "." + signature);
      }
      visit(model.get(), callee.get());
    }

    private Optional<ClassModel> load(String internalName) {
      try {
        return ClassFiles.of(Class.forName(internalName.replace('/', '.'), false, loader));
      } catch (ClassNotFoundException e) {
        return Optional.empty();
      }
    }
  }
}
