package dev.gale.host.kernel;

import dev.gale.host.access.AccessAnalysis;
import dev.gale.host.access.Effect;
import dev.gale.host.exec.GroupKernel;
import dev.gale.host.exec.LoopKernel;
import dev.gale.host.exec.SteppedKernel;
import dev.gale.host.kernel.KernelReport.Execution;
import java.lang.System.Logger.Level;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.exceptions.Debug;

/** Turns kernels' methods into what the JVM device runs; once for each method of the process. */
public final class KernelCompiler {

  private static final System.Logger LOG = System.getLogger("dev.gale.host");

  /** Kept with the kernel's class, so that class and kernels are unloaded together. */
  private static final ClassValue<Map<Method, CompiledKernel>> COMPILED =
      new ClassValue<>() {
        @Override
        protected Map<Method, CompiledKernel> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  /** What {@code KernelContext} offers that works on the JVM: by this device's own doing or as the API's plain Java. */
  private static final Set<String> SUPPORTED =
      Set.of(
          "<init>",
          "localBarrier",
          "globalBarrier",
          "allocateIntLocalArray",
          "allocateLongLocalArray",
          "allocateFloatLocalArray",
          "allocateDoubleLocalArray",
          "allocateByteLocalArray",
          "allocateHalfFloatLocalArray",
          "allocateHalf2LocalArray",
          "atomicAdd",
          "swizzleLoadFp16Stride32",
          "swizzleStoreFp16Stride32",
          "swizzleLoadFp16Stride16",
          "swizzleStoreFp16Stride16",
          "swizzleLoadInt8",
          "swizzleStoreInt8",
          "matrixMultiply8x8",
          "simdgroupMatrixZero",
          "simdgroupMatrixLoad",
          "simdgroupMatrixMultiplyAccumulate",
          "simdgroupMatrixStore",
          "asyncCopyToLocal",
          "asyncCopyCommit",
          "asyncCopyWaitGroup");

  private static final Set<String> ATOMIC_ONLY = Set.of("atomicAdd");

  private final String name;
  private final Effect effect;

  private KernelCompiler(String name, Effect effect) {
    this.name = name;
    this.effect = effect;
  }

  /** The kernel of a method. */
  public static CompiledKernel compile(Method method) {
    return COMPILED.get(method.getDeclaringClass()).computeIfAbsent(method, KernelCompiler::make);
  }

  /**
   * A kernel whose method is not known: it can only be called.
   *
   * @param name what to call it in reports
   * @param usesContext whether it is given a {@code KernelContext}
   */
  public static CompiledKernel opaque(String name, boolean usesContext) {
    return new KernelCompiler(name, Effect.ANYTHING)
        .called(usesContext, "its method can not be found from the task's code");
  }

  private static CompiledKernel make(Method method) {
    String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
    boolean usesContext =
        Arrays.stream(method.getParameterTypes()).anyMatch(KernelContext.class::isAssignableFrom);
    Optional<ClassModel> owner = ClassFiles.of(method.getDeclaringClass());
    Optional<MethodModel> model = owner.flatMap(o -> ClassFiles.method(o, method));
    Optional<CodeAttribute> code = model.flatMap(m -> m.findAttribute(Attributes.code()));
    CompiledKernel kernel;
    if (code.isEmpty()) {
      kernel =
          new KernelCompiler(name, Effect.ANYTHING)
              .called(usesContext, "its class file can not be read");
    } else {
      String descriptor = model.get().methodType().stringValue();
      Effect effect = AccessAnalysis.of(method.getDeclaringClass(), method.getName(), descriptor);
      KernelCompiler compiler = new KernelCompiler(name, effect);
      KernelClass maker = new KernelClass(method, owner.get(), model.get(), code.get());
      kernel =
          usesContext
              ? compiler.groups(
                  maker,
                  ContextUse.of(method, owner.get(), model.get()),
                  LoopFinder.find(model.get()))
              : compiler.loops(maker, LoopFinder.find(model.get()), prints(code.get()));
    }
    LOG.log(Level.DEBUG, kernel.report()::toString);
    return kernel;
  }

  /** A kernel that is run by calling the task's lambda. */
  private CompiledKernel called(boolean usesContext, String why) {
    return usesContext ? boxed(true, why) : sequential(why);
  }

  private static boolean prints(CodeAttribute code) {
    String debug = Debug.class.getName().replace('.', '/');
    return code.elementStream()
        .anyMatch(
            e ->
                e instanceof InvokeInstruction call && call.owner().asInternalName().equals(debug));
  }

  private CompiledKernel loops(KernelClass maker, LoopNest nest, boolean prints) {
    boolean divides = nest.outer().isPresent();
    if (!divides && nest.annotated() > 0) {
      LOG.log(Level.INFO, () -> name + ": runs on one thread: " + nest.explanation());
    }
    if (!divides && !prints) {
      return sequential(nest.explanation());
    }
    try {
      LoopKernel loops = maker.loops(nest);
      Execution execution = divides ? Execution.DIVIDED_LOOPS : Execution.SEQUENTIAL;
      KernelReport report = new KernelReport(name, execution, nest.explanation());
      return new CompiledKernel(
          Optional.of(loops),
          Optional.empty(),
          Optional.empty(),
          effect,
          false,
          report,
          Optional.empty());
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.log(Level.WARNING, () -> name + ": runs on one thread: it could not be rewritten: " + e);
      return sequential("it could not be rewritten: " + e);
    }
  }

  private CompiledKernel groups(KernelClass maker, ContextUse use, LoopNest nest) {
    Set<String> lacking = new TreeSet<>(use.calls());
    lacking.removeAll(SUPPORTED);
    if (!lacking.isEmpty()) {
      String what = "KernelContext." + String.join(", KernelContext.", lacking);
      KernelReport report =
          new KernelReport(name, Execution.SEQUENTIAL, "can not run: it uses " + what);
      return new CompiledKernel(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          effect,
          true,
          report,
          Optional.of(what));
    }
    if (!use.strays().isEmpty()) {
      String why =
          "indices are boxed: it hands its KernelContext to " + String.join(", ", use.strays());
      return boxed(use.reachesBarrier(), why);
    }
    try {
      GroupKernel groups = maker.groups(use.helpers());
      boolean barriers = use.reachesBarrier();
      Optional<SteppedKernel> steps =
          barriers && use.barriersAreInKernel() ? maker.steps(use.helpers()) : Optional.empty();
      // Without a worker grid a kernel may use its context for atomic additions only, and divide a
      // loop.
      boolean canDivide =
          nest.outer().isPresent()
              && use.indices().isEmpty()
              && ATOMIC_ONLY.containsAll(use.calls());
      Optional<LoopKernel> loops = canDivide ? Optional.of(maker.loops(nest)) : Optional.empty();
      KernelReport report = new KernelReport(name, execution(barriers), detail(barriers, steps));
      return new CompiledKernel(
          loops, Optional.of(groups), steps, effect, false, report, Optional.empty());
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.log(Level.WARNING, () -> name + ": indices are boxed: it could not be rewritten: " + e);
      return boxed(use.reachesBarrier(), "indices are boxed: it could not be rewritten: " + e);
    }
  }

  private static String detail(boolean barriers, Optional<SteppedKernel> steps) {
    if (!barriers) {
      return "it has no barrier";
    }
    return steps.isPresent()
        ? "work items keep their variables in fields while they wait"
        : "work items keep their stacks while they wait: a method it calls has a barrier";
  }

  private CompiledKernel boxed(boolean barriers, String detail) {
    KernelReport report = new KernelReport(name, execution(barriers), detail);
    return new CompiledKernel(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        effect,
        true,
        report,
        Optional.empty());
  }

  private static Execution execution(boolean barriers) {
    return barriers ? Execution.WORK_GROUPS_WITH_BARRIERS : Execution.WORK_GROUPS;
  }

  private CompiledKernel sequential(String why) {
    KernelReport report = new KernelReport(name, Execution.SEQUENTIAL, why);
    return new CompiledKernel(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        effect,
        false,
        report,
        Optional.empty());
  }
}
