package dev.gale.host.kernel;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import uk.ac.manchester.tornado.api.KernelContext;

/** Finds out from bytecode whether a kernel can reach a work-group barrier. */
public final class BarrierScan {

  private static final String CONTEXT = KernelContext.class.getName().replace('.', '/');
  private static final ClassDesc CONTEXT_DESC = ClassDesc.of(KernelContext.class.getName());
  private static final Set<String> BARRIERS = Set.of("localBarrier", "globalBarrier");

  private final ClassLoader loader;
  private final Set<String> visited = new HashSet<>();

  private BarrierScan(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * Whether a kernel, or a method it hands its {@code KernelContext} to, calls a barrier.
   *
   * @param kernel the kernel's method
   * @return true also when bytecode is missing, since a barrier can then not be ruled out
   */
  public static boolean reachesBarrier(Method kernel) {
    ClassLoader loader = kernel.getDeclaringClass().getClassLoader();
    BarrierScan scan =
        new BarrierScan(loader == null ? ClassLoader.getSystemClassLoader() : loader);
    Optional<ClassModel> model = ClassFiles.of(kernel.getDeclaringClass());
    return model.isEmpty()
        || ClassFiles.of(kernel).map(m -> scan.scan(model.get(), m)).orElse(true);
  }

  private boolean scan(ClassModel owner, MethodModel method) {
    String key =
        owner.thisClass().asInternalName() + "." + method.methodName() + method.methodType();
    if (!visited.add(key)) {
      return false;
    }
    return method
        .code()
        .map(code -> code.elementStream().anyMatch(e -> reaches(owner, e)))
        .orElse(false);
  }

  private boolean reaches(ClassModel owner, CodeElement element) {
    if (!(element instanceof InvokeInstruction call)) {
      return false;
    }
    String target = call.owner().asInternalName();
    if (target.equals(CONTEXT)) {
      return BARRIERS.contains(call.name().stringValue());
    }
    if (!call.typeSymbol().parameterList().contains(CONTEXT_DESC)) {
      return false;
    }
    if (call.opcode() == Opcode.INVOKEINTERFACE) {
      return true;
    }
    Optional<ClassModel> model =
        target.equals(owner.thisClass().asInternalName()) ? Optional.of(owner) : load(target);
    return model
        .flatMap(
            m ->
                ClassFiles.method(m, call.name().stringValue(), call.type().stringValue())
                    .map(h -> scan(m, h)))
        .orElse(true);
  }

  private Optional<ClassModel> load(String internalName) {
    try {
      return ClassFiles.of(Class.forName(internalName.replace('/', '.'), false, loader));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }
}
