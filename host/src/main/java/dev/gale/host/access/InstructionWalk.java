package dev.gale.host.access;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;

/** What single instructions do to a frame, and to the data behind the parameters. */
final class InstructionWalk {

  private static final String API_TYPES = "uk/ac/manchester/tornado/api/";

  private final AccessAnalysis analysis;
  private Effect effect = Effect.NONE;

  InstructionWalk(AccessAnalysis analysis) {
    this.analysis = analysis;
  }

  /** What has been found so far. */
  Effect effect() {
    return effect;
  }

  void returns(Frame frame, TypeKind kind) {
    if (kind == TypeKind.REFERENCE) {
      effect = effect.and(new Effect(0, 0, data(frame.pop())));
    }
  }

  private void reads(long mask) {
    effect = effect.and(new Effect(data(mask), 0, 0));
  }

  private void writes(long mask) {
    effect = effect.and(new Effect(0, data(mask), 0));
  }

  /** What goes where it can not be followed may be read and written there. */
  private void escapes(long mask) {
    reads(mask);
    writes(mask);
  }

  private static long data(long mask) {
    return mask & ~Frame.SELF;
  }

  void step(Frame frame, CodeElement element) {
    switch (element) {
      case LoadInstruction load -> {
        boolean reference = load.typeKind() == TypeKind.REFERENCE;
        frame.push(reference ? frame.local(load.slot()) : 0);
        frame.pushNothing(load.typeKind().slotSize() - 1);
      }
      case StoreInstruction store -> {
        long mask = frame.pop(store.typeKind().slotSize());
        frame.setLocal(store.slot(), mask);
        if (store.typeKind().slotSize() == 2) {
          frame.setLocal(store.slot() + 1, 0);
        }
      }
      case ConstantInstruction constant -> frame.pushNothing(constant.typeKind().slotSize());
      case ArrayLoadInstruction load -> arrayLoad(frame, load);
      case ArrayStoreInstruction store -> arrayStore(frame, store);
      case FieldInstruction field -> field(frame, field);
      case InvokeInstruction call -> call(frame, call);
      case InvokeDynamicInstruction call -> {
        escapes(frame.pop(slots(call.typeSymbol().parameterList())));
        frame.pushNothing(TypeKind.from(call.typeSymbol().returnType()).slotSize());
      }
      case NewObjectInstruction made -> frame.push(0);
      case NewPrimitiveArrayInstruction made -> replaceTop(frame, 1);
      case NewReferenceArrayInstruction made -> replaceTop(frame, 1);
      case NewMultiArrayInstruction made -> replaceTop(frame, made.dimensions());
      case OperatorInstruction operator -> operator(frame, operator);
      case ConvertInstruction convert -> {
        frame.pop(convert.fromType().slotSize());
        frame.pushNothing(convert.toType().slotSize());
      }
      case TypeCheckInstruction check -> {
        if (check.opcode() == Opcode.INSTANCEOF) {
          replaceTop(frame, 1);
        }
      }
      case StackInstruction stack -> stack(frame, stack.opcode());
      case MonitorInstruction monitor -> frame.pop();
      default -> {}
    }
  }

  private static void replaceTop(Frame frame, int slots) {
    frame.pop(slots);
    frame.push(0);
  }

  private void arrayLoad(Frame frame, ArrayLoadInstruction load) {
    frame.pop();
    long array = frame.pop();
    reads(array);
    frame.push(load.typeKind() == TypeKind.REFERENCE ? array : 0);
    frame.pushNothing(load.typeKind().slotSize() - 1);
  }

  private void arrayStore(Frame frame, ArrayStoreInstruction store) {
    long value = frame.pop(store.typeKind().slotSize());
    frame.pop();
    long array = frame.pop();
    writes(array);
    escapes(value);
  }

  private void field(Frame frame, FieldInstruction field) {
    TypeKind kind = TypeKind.from(field.typeSymbol());
    switch (field.opcode()) {
      case GETSTATIC -> frame.pushNothing(kind.slotSize());
      case PUTSTATIC -> escapes(frame.pop(kind.slotSize()));
      case GETFIELD -> {
        long object = frame.pop();
        if (kind == TypeKind.REFERENCE) {
          frame.push(object);
        } else {
          if (!isMetadata(field)) {
            reads(object);
          }
          frame.pushNothing(kind.slotSize());
        }
      }
      default -> {
        long value = frame.pop(kind.slotSize());
        long object = frame.pop();
        if ((object & Frame.SELF) == 0) {
          writes(object);
          escapes(value & ~object);
        }
      }
    }
  }

  /** The fields of the API's own types hold sizes and segments; the data is in the segment. */
  private static boolean isMetadata(FieldInstruction field) {
    return field.owner().asInternalName().startsWith(API_TYPES);
  }

  private void call(Frame frame, InvokeInstruction call) {
    MethodTypeDesc type = call.typeSymbol();
    boolean isStatic = call.opcode() == Opcode.INVOKESTATIC;
    int count = type.parameterCount() + (isStatic ? 0 : 1);
    long[] masks = new long[count];
    long all = 0;
    for (int i = count - 1; i >= 0; i--) {
      boolean receiver = !isStatic && i == 0;
      int slots = receiver ? 1 : TypeKind.from(type.parameterType(isStatic ? i : i - 1)).slotSize();
      masks[i] = frame.pop(slots);
      all |= masks[i];
    }
    long result = 0;
    if (data(all) != 0) {
      Effect does = effectOf(call, isStatic, type, masks);
      reads(map(does.reads(), masks));
      writes(map(does.writes(), masks));
      result = map(does.returns(), masks);
      if (call.name().equalsString("<init>")) {
        // The object just made, which a dup has left below its constructor's arguments, may now
        // hold them.
        frame.mergeIntoTop(data(all));
      }
    }
    TypeKind returned = TypeKind.from(type.returnType());
    if (returned == TypeKind.REFERENCE) {
      frame.push(data(result));
    } else {
      frame.pushNothing(returned.slotSize());
    }
  }

  private Effect effectOf(
      InvokeInstruction call, boolean isStatic, MethodTypeDesc type, long[] masks) {
    String owner = call.owner().asInternalName();
    String name = call.name().stringValue();
    long[] withData = new long[masks.length];
    int n = 0;
    for (int i = isStatic ? 0 : 1; i < masks.length; i++) {
      String parameter = type.parameterType(isStatic ? i : i - 1).descriptorString();
      if (parameter.equals("Ljava/lang/foreign/MemorySegment;")
          || parameter.equals("Ljava/lang/Object;")) {
        withData[n++] = Frame.bit(i);
      }
    }
    Optional<Effect> known =
        KnownMethods.effect(owner, name, isStatic, java.util.Arrays.copyOf(withData, n));
    if (known.isPresent()) {
      return known.get();
    }
    boolean direct =
        isStatic
            || call.opcode() == Opcode.INVOKESPECIAL
            || (call.opcode() == Opcode.INVOKEVIRTUAL
                && analysis.isFinal(owner, name, call.type().stringValue()));
    return direct ? analysis.follow(owner, name, call.type().stringValue()) : Effect.ANYTHING;
  }

  /** Turns what a callee does with its parameters into what it does with ours. */
  private static long map(long callee, long[] masks) {
    long mine = 0;
    for (int i = 0; i < masks.length; i++) {
      if ((callee & Frame.bit(i)) != 0) {
        mine |= masks[i];
      }
    }
    return mine;
  }

  private static int slots(List<ClassDesc> types) {
    return types.stream().mapToInt(t -> TypeKind.from(t).slotSize()).sum();
  }

  private static void operator(Frame frame, OperatorInstruction operator) {
    if (operator.opcode() == Opcode.ARRAYLENGTH) {
      replaceTop(frame, 1);
      return;
    }
    int slots = operator.typeKind().slotSize();
    switch (operator.opcode()) {
      case INEG, LNEG, FNEG, DNEG -> {}
      case ISHL, ISHR, IUSHR, LSHL, LSHR, LUSHR -> frame.pop();
      case LCMP, FCMPL, FCMPG, DCMPL, DCMPG -> {
        frame.pop(2 * comparedSlots(operator.opcode()));
        frame.push(0);
      }
      default -> frame.pop(slots);
    }
  }

  private static int comparedSlots(Opcode compare) {
    return compare == Opcode.FCMPL || compare == Opcode.FCMPG ? 1 : 2;
  }

  private static void stack(Frame frame, Opcode opcode) {
    switch (opcode) {
      case POP -> frame.pop();
      case POP2 -> frame.pop(2);
      case DUP -> frame.duplicate(1, 0);
      case DUP_X1 -> frame.duplicate(1, 1);
      case DUP_X2 -> frame.duplicate(1, 2);
      case DUP2 -> frame.duplicate(2, 0);
      case DUP2_X1 -> frame.duplicate(2, 1);
      case DUP2_X2 -> frame.duplicate(2, 2);
      case SWAP -> frame.swap();
      default -> throw new IllegalStateException(opcode.toString());
    }
  }
}
