package dev.gale.host.access;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.DiscontinuedInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows one method through its branches until nothing new turns up. */
final class MethodWalk {

  private final MethodModel method;
  private final CodeAttribute code;
  private final InstructionWalk instructions;
  private final Map<Label, Frame> frames = new HashMap<>();
  private boolean changed;

  MethodWalk(AccessAnalysis analysis, MethodModel method) {
    this.method = method;
    CodeModel model = method.code().orElseThrow();
    this.code = (CodeAttribute) model;
    this.instructions = new InstructionWalk(analysis);
  }

  /** What the method does with its parameters. */
  Effect effect() {
    List<CodeElement> elements = code.elementList();
    if (elements.stream().anyMatch(DiscontinuedInstruction.class::isInstance)) {
      return Effect.ANYTHING;
    }
    List<ExceptionCatch> handlers =
        elements.stream()
            .filter(ExceptionCatch.class::isInstance)
            .map(ExceptionCatch.class::cast)
            .toList();
    do {
      changed = false;
      Frame frame = entry();
      for (CodeElement element : elements) {
        frame = step(frame, element);
        if (frame != null) {
          for (ExceptionCatch handler : handlers) {
            // Any instruction may throw; where the handler's range ends does not matter for an
            // answer on the safe side.
            reach(handler.handler(), frame.atHandler());
          }
        }
      }
    } while (changed);
    return instructions.effect();
  }

  private Frame entry() {
    Frame frame = new Frame(code.maxLocals(), code.maxStack());
    int slot = 0;
    int parameter = 0;
    if (!method.flags().has(AccessFlag.STATIC)) {
      long self = method.methodName().equalsString("<init>") ? Frame.SELF : 0;
      frame.setLocal(slot++, Frame.bit(parameter++) | self);
    }
    for (ClassDesc type : method.methodTypeSymbol().parameterList()) {
      frame.setLocal(slot, type.isPrimitive() ? 0 : Frame.bit(parameter));
      parameter++;
      slot += TypeKind.from(type).slotSize();
    }
    return frame;
  }

  /** Follows one element; null when what comes next is not reached from here. */
  private @Nullable Frame step(@Nullable Frame frame, CodeElement element) {
    if (element instanceof LabelTarget target) {
      if (frame != null) {
        reach(target.label(), frame);
      }
      Frame here = frames.get(target.label());
      return here == null ? frame : here.copy();
    }
    if (frame == null) {
      return null;
    }
    switch (element) {
      case BranchInstruction branch -> {
        frame.pop(operands(branch.opcode()));
        reach(branch.target(), frame);
        return branch.opcode() == Opcode.GOTO || branch.opcode() == Opcode.GOTO_W ? null : frame;
      }
      case TableSwitchInstruction table -> reachAll(frame, table.defaultTarget(), table.cases());
      case LookupSwitchInstruction lookup ->
          reachAll(frame, lookup.defaultTarget(), lookup.cases());
      case ReturnInstruction result -> instructions.returns(frame, result.typeKind());
      case ThrowInstruction thrown -> {}
      default -> {
        instructions.step(frame, element);
        return frame;
      }
    }
    return null;
  }

  private void reachAll(Frame frame, Label otherwise, List<SwitchCase> cases) {
    frame.pop();
    reach(otherwise, frame);
    cases.forEach(c -> reach(c.target(), frame));
  }

  private void reach(Label label, Frame frame) {
    Frame known = frames.get(label);
    if (known == null) {
      frames.put(label, frame.copy());
      changed = true;
    } else {
      changed |= known.merge(frame);
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
}
