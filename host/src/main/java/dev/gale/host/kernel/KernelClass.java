package dev.gale.host.kernel;

import dev.gale.host.exec.Arguments;
import dev.gale.host.exec.BarrierKernel;
import dev.gale.host.exec.GroupKernel;
import dev.gale.host.exec.HostContext;
import dev.gale.host.exec.LoopKernel;
import dev.gale.host.exec.SteppedKernel;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes the class that holds a kernel's rewritten copy.
 *
 * <p>It is a hidden class in the nest of the kernel's own class, so that the copy may use what the kernel may use. There
 * is one for each kernel, made once, so that the JIT compiler gets to know it.
 */
final class KernelClass {

  private static final ClassDesc ARGUMENTS = ClassDesc.of(Arguments.class.getName());
  private static final ClassDesc HOST_CONTEXT = ClassDesc.of(HostContext.class.getName());
  private static final ClassDesc OBJECTS = ConstantDescs.CD_Object.arrayType();
  private static final int PRIVATE_STATIC = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC;

  private final Method kernel;
  private final ClassModel owner;
  private final MethodModel method;
  private final CodeAttribute code;
  private final ClassDesc name;
  private final List<ClassDesc> parameters = new ArrayList<>();

  KernelClass(Method kernel, ClassModel owner, MethodModel method, CodeAttribute code) {
    this.kernel = kernel;
    this.owner = owner;
    this.method = method;
    this.code = code;
    this.name = ClassDesc.of(kernel.getDeclaringClass().getName() + "$$Gale");
    if (!method.flags().has(AccessFlag.STATIC)) {
      parameters.add(owner.thisClass().asSymbol());
    }
    parameters.addAll(method.methodTypeSymbol().parameterList());
  }

  /** Makes a kernel that runs slices of its loops. */
  LoopKernel loops(LoopNest nest) throws ReflectiveOperationException {
    List<ClassDesc> extended = new ArrayList<>(parameters);
    extended.add(ConstantDescs.CD_int);
    extended.add(ConstantDescs.CD_int);
    MethodTypeDesc type = MethodTypeDesc.of(method.methodTypeSymbol().returnType(), extended);
    LoopRewriter rewriter =
        new LoopRewriter(code.elementList(), nest, parameterSlots(), code.maxLocals());
    MethodTypeDesc run =
        MethodTypeDesc.of(
            ConstantDescs.CD_void, OBJECTS, ConstantDescs.CD_int, ConstantDescs.CD_int);
    return (LoopKernel)
        define(
            LoopKernel.class,
            type,
            rewriter::emit,
            cb ->
                cb.withMethodBody(
                    "run",
                    run,
                    ClassFile.ACC_PUBLIC,
                    c -> {
                      loadArguments(c);
                      c.iload(2).iload(3).invokestatic(name, "kernel", type);
                      finish(c, type.returnType());
                      c.return_();
                    }));
  }

  /** Makes a kernel that runs work groups. */
  GroupKernel groups(Map<String, MethodModel> helpers) throws ReflectiveOperationException {
    MethodTypeDesc type = MethodTypeDesc.of(method.methodTypeSymbol().returnType(), parameters);
    ContextRewriter rewriter =
        new ContextRewriter(name, owner.thisClass().asInternalName(), helpers.keySet());
    return (GroupKernel)
        define(
            GroupKernel.class,
            type,
            c -> rewriter.emit(c, code.elementList()),
            cb -> {
              helpers.values().forEach(helper -> copyHelper(cb, helper, rewriter));
              cb.withMethodBody(
                  "runItem",
                  MethodTypeDesc.of(ConstantDescs.CD_void, OBJECTS),
                  ClassFile.ACC_PUBLIC,
                  c -> {
                    loadArguments(c);
                    c.invokestatic(name, "kernel", type);
                    finish(c, type.returnType());
                    c.return_();
                  });
              cb.withMethodBody(
                  "runGroup",
                  MethodTypeDesc.of(ConstantDescs.CD_void, OBJECTS, HOST_CONTEXT),
                  ClassFile.ACC_PUBLIC,
                  c -> runGroup(c, type));
            });
  }

  /**
   * Makes a kernel that stops at its barriers.
   *
   * @return empty when it can not be stopped there
   */
  Optional<SteppedKernel> steps(Map<String, MethodModel> helpers)
      throws ReflectiveOperationException {
    TypeFrame entry = new TypeFrame(code.maxLocals());
    int slot = 0;
    for (ClassDesc type : parameters) {
      entry.setLocal(slot, TypeFrame.onStack(type));
      slot += TypeKind.from(type).slotSize();
    }
    Optional<List<BarrierPoint>> points = BarrierPoint.find(code, entry);
    if (points.isEmpty()) {
      return Optional.empty();
    }
    ContextRewriter rewriter =
        new ContextRewriter(name, owner.thisClass().asInternalName(), helpers.keySet());
    BarrierRewriter steps =
        new BarrierRewriter(name, parameters, code.elementList(), points.get(), rewriter);
    BarrierKernel prototype =
        (BarrierKernel)
            define(
                BarrierKernel.class,
                cb -> {
                  helpers.values().forEach(helper -> copyHelper(cb, helper, rewriter));
                  cb.withMethodBody(
                      "step",
                      MethodTypeDesc.of(ConstantDescs.CD_int),
                      ClassFile.ACC_PUBLIC,
                      steps::emit);
                  steps.declareFields(cb);
                  cb.withMethodBody(
                      "bind",
                      MethodTypeDesc.of(ConstantDescs.CD_void, OBJECTS),
                      ClassFile.ACC_PUBLIC,
                      this::bind);
                  cb.withMethodBody(
                      "another",
                      MethodTypeDesc.of(ClassDesc.of(BarrierKernel.class.getName())),
                      ClassFile.ACC_PUBLIC,
                      c ->
                          c.new_(name)
                              .dup()
                              .invokespecial(name, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                              .areturn());
                });
    List<String> names = points.get().stream().map(BarrierPoint::name).toList();
    return Optional.of(new SteppedKernel(prototype, names));
  }

  private void bind(CodeBuilder c) {
    for (int i = 0; i < parameters.size(); i++) {
      c.aload(0);
      loadArgument(c, i);
      c.putfield(name, BarrierRewriter.parameterField(i), parameters.get(i));
    }
    c.return_();
  }

  private static void copyHelper(
      ClassBuilder builder, MethodModel helper, ContextRewriter rewriter) {
    builder.withMethodBody(
        helper.methodName().stringValue(),
        helper.methodTypeSymbol(),
        PRIVATE_STATIC,
        c -> helper.code().ifPresent(body -> rewriter.emit(c, body.elementList())));
  }

  private void runGroup(CodeBuilder c, MethodTypeDesc type) {
    loadArguments(c);
    int[] slots = new int[parameters.size()];
    int slot = 3;
    for (int i = 0; i < slots.length; i++) {
      slots[i] = slot;
      slot += TypeKind.from(parameters.get(i)).slotSize();
    }
    for (int i = slots.length - 1; i >= 0; i--) {
      c.storeLocal(TypeKind.from(parameters.get(i)), slots[i]);
    }
    Label again = c.newBoundLabel();
    for (int i = 0; i < slots.length; i++) {
      c.loadLocal(TypeKind.from(parameters.get(i)), slots[i]);
    }
    c.invokestatic(name, "kernel", type);
    finish(c, type.returnType());
    c.aload(2).invokevirtual(HOST_CONTEXT, "nextItem", MethodTypeDesc.of(ConstantDescs.CD_boolean));
    c.ifne(again);
    c.return_();
  }

  private Object define(
      Class<?> face, MethodTypeDesc type, Consumer<CodeBuilder> body, Consumer<ClassBuilder> more)
      throws ReflectiveOperationException {
    return define(
        face,
        cb -> {
          cb.withMethodBody("kernel", type, PRIVATE_STATIC, body::accept);
          more.accept(cb);
        });
  }

  private Object define(Class<?> face, Consumer<ClassBuilder> members)
      throws ReflectiveOperationException {
    ClassLoader loader = kernel.getDeclaringClass().getClassLoader();
    ClassFile context =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofClassLoading(
                    loader == null ? ClassLoader.getSystemClassLoader() : loader)));
    byte[] bytes =
        context.build(
            name,
            cb -> {
              cb.withVersion(owner.majorVersion(), owner.minorVersion());
              cb.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC);
              cb.withInterfaceSymbols(ClassDesc.of(face.getName()));
              cb.withMethodBody(
                  ConstantDescs.INIT_NAME,
                  ConstantDescs.MTD_void,
                  0,
                  c ->
                      c.aload(0)
                          .invokespecial(
                              ConstantDescs.CD_Object,
                              ConstantDescs.INIT_NAME,
                              ConstantDescs.MTD_void)
                          .return_());
              members.accept(cb);
            });
    Lookup lookup =
        MethodHandles.privateLookupIn(kernel.getDeclaringClass(), MethodHandles.lookup());
    Lookup made = lookup.defineHiddenClass(bytes, true, Lookup.ClassOption.NESTMATE);
    var constructor = made.lookupClass().getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private int parameterSlots() {
    return parameters.stream().mapToInt(p -> TypeKind.from(p).slotSize()).sum();
  }

  /** Pushes the kernel's arguments, which the method being written gets as an array in slot 1. */
  private void loadArguments(CodeBuilder c) {
    for (int i = 0; i < parameters.size(); i++) {
      loadArgument(c, i);
    }
  }

  private void loadArgument(CodeBuilder c, int index) {
    ClassDesc type = parameters.get(index);
    c.aload(1).loadConstant(index).aaload();
    if (type.isPrimitive()) {
      String primitive = type.displayName();
      String unbox = "to" + Character.toUpperCase(primitive.charAt(0)) + primitive.substring(1);
      c.invokestatic(ARGUMENTS, unbox, MethodTypeDesc.of(type, ConstantDescs.CD_Object));
    } else {
      c.checkcast(type);
    }
  }

  /** Drops what the kernel returned. */
  private static void finish(CodeBuilder c, ClassDesc returned) {
    switch (TypeKind.from(returned).slotSize()) {
      case 1 -> c.pop();
      case 2 -> c.pop2();
      default -> {}
    }
  }
}
