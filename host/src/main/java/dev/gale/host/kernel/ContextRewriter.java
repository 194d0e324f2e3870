package dev.gale.host.kernel;

import dev.gale.host.exec.HostContext;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Set;

/**
 * Copies a method so that it reads the indices of its {@code KernelContext} without boxing.
 *
 * <p>{@code getfield KernelContext.globalIdx} followed by {@code Integer.intValue} becomes a call of the method of
 * {@link HostContext} with the field's name. Calls of helper methods that were copied along go to the copies.
 */
final class ContextRewriter {

  private static final String CONTEXT = ContextUse.CONTEXT_DESC.descriptorString();
  private static final ClassDesc HOST_CONTEXT = ClassDesc.of(HostContext.class.getName());
  private static final MethodTypeDesc INDEX = MethodTypeDesc.of(ConstantDescs.CD_int);
  private static final MethodTypeDesc BOX =
      MethodTypeDesc.of(ConstantDescs.CD_Integer, ConstantDescs.CD_int);

  private final ClassDesc copy;
  private final String owner;
  private final Set<String> helpers;

  /**
   * Prepares to copy methods.
   *
   * @param copy the class the methods are copied to
   * @param owner the internal name of the class they come from
   * @param helpers the methods that are copied, by name and descriptor
   */
  ContextRewriter(ClassDesc copy, String owner, Set<String> helpers) {
    this.copy = copy;
    this.owner = owner;
    this.helpers = helpers;
  }

  /** Writes the copy of a method. */
  void emit(CodeBuilder code, List<CodeElement> elements) {
    BodyCopier copier = new BodyCopier(0, 0);
    int i = 0;
    while (i < elements.size()) {
      i = emit(code, elements, i, copier);
    }
  }

  /** Writes the copy of an element, and gives the position of the next to copy. */
  int emit(CodeBuilder code, List<CodeElement> elements, int i, BodyCopier copier) {
    CodeElement element = elements.get(i);
    if (element instanceof FieldInstruction field && isIndex(field)) {
      code.checkcast(HOST_CONTEXT).invokevirtual(HOST_CONTEXT, field.name().stringValue(), INDEX);
      int next = nextInstruction(elements, i + 1);
      if (next > 0 && isIntValue(elements.get(next))) {
        return next + 1;
      }
      code.invokestatic(ConstantDescs.CD_Integer, "valueOf", BOX);
    } else if (element instanceof InvokeInstruction call && isHelper(call)) {
      code.invokestatic(copy, call.name().stringValue(), call.typeSymbol());
    } else {
      copier.copy(code, element);
    }
    return i + 1;
  }

  private boolean isHelper(InvokeInstruction call) {
    return call.opcode() == Opcode.INVOKESTATIC
        && call.owner().asInternalName().equals(owner)
        && helpers.contains(call.name().stringValue() + call.type().stringValue());
  }

  private static boolean isIndex(FieldInstruction field) {
    return field.opcode() == Opcode.GETFIELD
        && field.owner().asSymbol().descriptorString().equals(CONTEXT)
        && field.typeSymbol().equals(ConstantDescs.CD_Integer);
  }

  private static boolean isIntValue(CodeElement element) {
    return element instanceof InvokeInstruction call
        && call.owner().asInternalName().equals("java/lang/Integer")
        && call.name().equalsString("intValue");
  }

  /** The instruction that follows and is reached from nowhere else; -1 when there is none. */
  private static int nextInstruction(List<CodeElement> elements, int from) {
    for (int i = from; i < elements.size(); i++) {
      if (elements.get(i) instanceof LabelTarget) {
        return -1;
      } else if (elements.get(i) instanceof Instruction) {
        return i;
      }
    }
    return -1;
  }
}
