package dev.gale.host.kernel;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
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
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** What single instructions do to the types in a {@link TypeFrame}, within a stretch of code without branches. */
final class TypeWalk {

  private TypeWalk() {}

  static void step(TypeFrame frame, CodeElement element) {
    switch (element) {
      case LoadInstruction load ->
          frame.push(
              load.typeKind() == TypeKind.REFERENCE
                  ? frame.local(load.slot())
                  : desc(load.typeKind()));
      case StoreInstruction store -> {
        ClassDesc type = frame.pop(store.typeKind().slotSize());
        frame.setLocal(store.slot(), type);
      }
      case ConstantInstruction constant -> constant(frame, constant);
      case ArrayLoadInstruction load -> {
        frame.popSlot();
        ClassDesc array = frame.popSlot();
        boolean reference = load.typeKind() == TypeKind.REFERENCE;
        frame.push(reference ? component(array) : desc(load.typeKind()));
      }
      case ArrayStoreInstruction store -> frame.popSlots(2 + store.typeKind().slotSize());
      case FieldInstruction field -> field(frame, field);
      case InvokeInstruction call -> {
        boolean isStatic = call.opcode() == Opcode.INVOKESTATIC;
        call(frame, call.typeSymbol(), isStatic ? 0 : 1);
        if (call.name().equalsString("<init>")) {
          constructed(frame, call.owner().asSymbol());
        }
      }
      case InvokeDynamicInstruction call -> call(frame, call.typeSymbol(), 0);
      case NewObjectInstruction made -> frame.push(TypeFrame.TOP);
      case NewPrimitiveArrayInstruction made -> {
        frame.popSlot();
        frame.push(made.typeKind().upperBound().arrayType());
      }
      case NewReferenceArrayInstruction made -> {
        frame.popSlot();
        frame.push(made.componentType().asSymbol().arrayType());
      }
      case NewMultiArrayInstruction made -> {
        frame.popSlots(made.dimensions());
        frame.push(made.arrayType().asSymbol());
      }
      case OperatorInstruction operator -> operator(frame, operator);
      case ConvertInstruction convert -> {
        frame.popSlots(convert.fromType().slotSize());
        frame.push(desc(convert.toType()));
      }
      case TypeCheckInstruction check -> {
        frame.popSlot();
        frame.push(
            check.opcode() == Opcode.INSTANCEOF ? ConstantDescs.CD_int : check.type().asSymbol());
      }
      case StackInstruction stack -> stack(frame, stack.opcode());
      case MonitorInstruction monitor -> frame.popSlot();
      case BranchInstruction branch -> frame.popSlots(operands(branch.opcode()));
      default -> {}
    }
  }

  private static int operands(Opcode branch) {
    return switch (branch) {
      case GOTO, GOTO_W -> 0;
      case IF_ICMPEQ, IF_ICMPNE, IF_ICMPLT, IF_ICMPGE, IF_ICMPGT, IF_ICMPLE, IF_ACMPEQ, IF_ACMPNE ->
          2;
      default -> 1;
    };
  }

  private static ClassDesc desc(TypeKind kind) {
    return TypeFrame.onStack(kind.upperBound());
  }

  private static ClassDesc component(ClassDesc array) {
    ClassDesc component = array.componentType();
    return component == null ? array : component;
  }

  private static void constant(TypeFrame frame, ConstantInstruction constant) {
    if (constant.opcode() == Opcode.ACONST_NULL) {
      frame.push(TypeFrame.NULL);
    } else if (constant.typeKind() == TypeKind.REFERENCE) {
      frame.push(
          switch (constant.constantValue()) {
            case String text -> ConstantDescs.CD_String;
            case ClassDesc type -> ConstantDescs.CD_Class;
            default -> ConstantDescs.CD_Object;
          });
    } else {
      frame.push(desc(constant.typeKind()));
    }
  }

  private static void field(TypeFrame frame, FieldInstruction field) {
    ClassDesc type = TypeFrame.onStack(field.typeSymbol());
    switch (field.opcode()) {
      case GETSTATIC -> frame.push(type);
      case PUTSTATIC -> frame.popSlots(TypeFrame.slots(type));
      case GETFIELD -> {
        frame.popSlot();
        frame.push(type);
      }
      default -> frame.popSlots(TypeFrame.slots(type) + 1);
    }
  }

  private static void call(TypeFrame frame, MethodTypeDesc type, int receiver) {
    for (ClassDesc parameter : type.parameterList()) {
      frame.popSlots(TypeKind.from(parameter).slotSize());
    }
    frame.popSlots(receiver);
    if (TypeKind.from(type.returnType()) != TypeKind.VOID) {
      frame.push(TypeFrame.onStack(type.returnType()));
    }
  }

  /** The copy that javac leaves on the stack when it constructs an object is now of that object's type. */
  private static void constructed(TypeFrame frame, ClassDesc type) {
    if (frame.depth() > 0) {
      ClassDesc top = frame.popSlot();
      frame.push(top.equals(TypeFrame.TOP) ? type : top);
    }
  }

  private static void operator(TypeFrame frame, OperatorInstruction operator) {
    TypeKind kind = operator.typeKind();
    switch (operator.opcode()) {
      case ARRAYLENGTH -> {
        frame.popSlot();
        frame.push(ConstantDescs.CD_int);
      }
      case INEG, LNEG, FNEG, DNEG -> {}
      case ISHL, ISHR, IUSHR, LSHL, LSHR, LUSHR -> frame.popSlot();
      case LCMP, DCMPL, DCMPG -> {
        frame.popSlots(4);
        frame.push(ConstantDescs.CD_int);
      }
      case FCMPL, FCMPG -> {
        frame.popSlots(2);
        frame.push(ConstantDescs.CD_int);
      }
      default -> frame.popSlots(kind.slotSize());
    }
  }

  private static void stack(TypeFrame frame, Opcode opcode) {
    switch (opcode) {
      case POP -> frame.popSlot();
      case POP2 -> frame.popSlots(2);
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
