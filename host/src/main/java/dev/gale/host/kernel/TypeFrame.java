package dev.gale.host.kernel;

import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The types of local variables and operand stack at one place of a method.
 *
 * <p>Longs and doubles take two slots, the second of which is {@link #TOP}.
 */
final class TypeFrame {

  /** No value, the second half of one, or one that has not been constructed yet. */
  static final ClassDesc TOP = ClassDesc.of("dev.gale.host.Top");

  /** The null reference. */
  static final ClassDesc NULL = ClassDesc.of("dev.gale.host.Null");

  private final ClassDesc[] locals;
  private final List<ClassDesc> stack = new ArrayList<>();

  TypeFrame(int maxLocals) {
    locals = new ClassDesc[maxLocals];
    Arrays.fill(locals, TOP);
  }

  /** The frame a class file states for a branch target. */
  static TypeFrame of(StackMapFrameInfo info, int maxLocals) {
    TypeFrame frame = new TypeFrame(maxLocals);
    int slot = 0;
    for (VerificationTypeInfo type : info.locals()) {
      ClassDesc desc = type(type);
      frame.setLocal(slot, desc);
      slot += slots(desc);
    }
    info.stack().forEach(t -> frame.push(type(t)));
    return frame;
  }

  private static ClassDesc type(VerificationTypeInfo info) {
    return switch (info) {
      case ObjectVerificationTypeInfo object -> object.classSymbol();
      case SimpleVerificationTypeInfo simple ->
          switch (simple) {
            case INTEGER -> ConstantDescs.CD_int;
            case FLOAT -> ConstantDescs.CD_float;
            case LONG -> ConstantDescs.CD_long;
            case DOUBLE -> ConstantDescs.CD_double;
            case NULL -> NULL;
            default -> TOP;
          };
      default -> TOP;
    };
  }

  static int slots(ClassDesc type) {
    return type.equals(ConstantDescs.CD_long) || type.equals(ConstantDescs.CD_double) ? 2 : 1;
  }

  /** The type a value of a declared type has on the stack: the small integers are ints. */
  static ClassDesc onStack(ClassDesc declared) {
    boolean small =
        declared.isPrimitive()
            && !declared.equals(ConstantDescs.CD_long)
            && !declared.equals(ConstantDescs.CD_double)
            && !declared.equals(ConstantDescs.CD_float);
    return small ? ConstantDescs.CD_int : declared;
  }

  ClassDesc local(int slot) {
    return locals[slot];
  }

  /** The local variables by slot. */
  ClassDesc[] locals() {
    return locals.clone();
  }

  void setLocal(int slot, ClassDesc type) {
    if (slot > 0 && slots(locals[slot - 1]) == 2) {
      locals[slot - 1] = TOP;
    }
    locals[slot] = type;
    if (slots(type) == 2) {
      locals[slot + 1] = TOP;
    }
  }

  int depth() {
    return stack.size();
  }

  /** Pushes a value, both slots of a wide one. */
  void push(ClassDesc type) {
    stack.add(type);
    if (slots(type) == 2) {
      stack.add(TOP);
    }
  }

  /** Takes one slot off. */
  ClassDesc popSlot() {
    return stack.removeLast();
  }

  void popSlots(int count) {
    for (int i = 0; i < count; i++) {
      popSlot();
    }
  }

  /** Takes a value of a type off, and gives what was there. */
  ClassDesc pop(int slots) {
    ClassDesc type = TOP;
    for (int i = 0; i < slots; i++) {
      type = popSlot();
    }
    return type;
  }

  /** Copies the top {@code count} slots and puts the copy {@code below} slots further down. */
  void duplicate(int count, int below) {
    int from = stack.size() - count;
    List<ClassDesc> top = List.copyOf(stack.subList(from, stack.size()));
    stack.addAll(from - below, top);
  }

  void swap() {
    ClassDesc top = popSlot();
    ClassDesc second = popSlot();
    stack.add(top);
    stack.add(second);
  }
}
