package dev.gale.host.kernel;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Copies a kernel into a method that stops at barriers and goes on from there when it is called again.
 *
 * <p>The copy is an instance method of an object that stands for one work item. At a barrier it puts its local variables
 * into fields of the object, notes where it is, and returns; when called again it takes them out and jumps there.
 */
final class BarrierRewriter {

  private static final String STATE = "state";

  /** The receiver takes the first slot of the copy. */
  private static final int SHIFT = 1;

  private final ClassDesc owner;
  private final List<ClassDesc> parameters;
  private final List<CodeElement> elements;
  private final List<BarrierPoint> points;
  private final ContextRewriter rewriter;
  private final BodyCopier copier = new BodyCopier(0, SHIFT);
  private final Set<Integer> written = new HashSet<>();
  private final TreeMap<String, ClassDesc> saved = new TreeMap<>();

  /**
   * Prepares to copy a kernel.
   *
   * @param owner the class the copy goes to
   * @param parameters the kernel's parameters
   * @param elements its code
   * @param points its barriers
   * @param rewriter copies what is not a barrier
   */
  BarrierRewriter(
      ClassDesc owner,
      List<ClassDesc> parameters,
      List<CodeElement> elements,
      List<BarrierPoint> points,
      ContextRewriter rewriter) {
    this.owner = owner;
    this.parameters = parameters;
    this.elements = elements;
    this.points = points;
    this.rewriter = rewriter;
    for (CodeElement element : elements) {
      if (element instanceof StoreInstruction store) {
        written.add(store.slot());
      } else if (element instanceof IncrementInstruction increment) {
        written.add(increment.slot());
      }
    }
  }

  /** The field that holds a parameter. */
  static String parameterField(int index) {
    return "p" + index;
  }

  /** Declares the fields: call it after {@link #emit}. */
  void declareFields(ClassBuilder builder) {
    builder.withField(STATE, ConstantDescs.CD_int, ClassFile.ACC_PRIVATE);
    for (int i = 0; i < parameters.size(); i++) {
      builder.withField(parameterField(i), parameters.get(i), ClassFile.ACC_PRIVATE);
    }
    saved.forEach((name, type) -> builder.withField(name, type, ClassFile.ACC_PRIVATE));
  }

  /** Writes the copy. */
  void emit(CodeBuilder code) {
    loadParameters(code, false);
    Label start = code.newLabel();
    List<Label> resume = new ArrayList<>();
    List<Label> restore = new ArrayList<>();
    List<SwitchCase> cases = new ArrayList<>();
    for (int k = 0; k < points.size(); k++) {
      resume.add(code.newLabel());
      restore.add(code.newLabel());
      cases.add(SwitchCase.of(k + 1, restore.get(k)));
    }
    code.aload(0)
        .getfield(owner, STATE, ConstantDescs.CD_int)
        .tableswitch(1, points.size(), start, cases);
    code.labelBinding(start);
    loadParameters(code, true);
    int barrier = 0;
    int i = 0;
    while (i < elements.size()) {
      if (barrier < points.size() && i == points.get(barrier).position()) {
        stop(code, barrier, resume.get(barrier));
        barrier++;
        i++;
      } else if (elements.get(i) instanceof ReturnInstruction) {
        leave(code, 0);
        i++;
      } else {
        i = rewriter.emit(code, elements, i, copier);
      }
    }
    for (int k = 0; k < points.size(); k++) {
      code.labelBinding(restore.get(k));
      restore(code, points.get(k));
      code.goto_(resume.get(k));
    }
  }

  private void loadParameters(CodeBuilder code, boolean thatAreWritten) {
    int slot = 0;
    for (int i = 0; i < parameters.size(); i++) {
      ClassDesc type = parameters.get(i);
      if (written.contains(slot) == thatAreWritten) {
        code.aload(0)
            .getfield(owner, parameterField(i), type)
            .storeLocal(TypeKind.from(type), slot + SHIFT);
      }
      slot += TypeKind.from(type).slotSize();
    }
  }

  private void stop(CodeBuilder code, int barrier, Label resume) {
    // The context on which the barrier was to be called.
    code.pop();
    BarrierPoint point = points.get(barrier);
    for (int slot = 0; slot < point.locals().length; slot++) {
      ClassDesc type = point.locals()[slot];
      if (isSaved(slot, type)) {
        code.aload(0).loadLocal(TypeKind.from(type), slot + SHIFT);
        code.putfield(owner, field(slot, type), fieldType(type));
      }
    }
    leave(code, barrier + 1);
    code.labelBinding(resume);
  }

  private void leave(CodeBuilder code, int state) {
    code.aload(0).loadConstant(state).putfield(owner, STATE, ConstantDescs.CD_int);
    code.loadConstant(state).ireturn();
  }

  private void restore(CodeBuilder code, BarrierPoint point) {
    for (int slot = 0; slot < point.locals().length; slot++) {
      ClassDesc type = point.locals()[slot];
      if (type.equals(TypeFrame.NULL)) {
        code.aconst_null().astore(slot + SHIFT);
      } else if (isSaved(slot, type)) {
        code.aload(0).getfield(owner, field(slot, type), fieldType(type));
        if (!type.isPrimitive()) {
          code.checkcast(type);
        }
        code.storeLocal(TypeKind.from(type), slot + SHIFT);
      }
    }
  }

  private boolean isSaved(int slot, ClassDesc type) {
    return !type.equals(TypeFrame.TOP)
        && !type.equals(TypeFrame.NULL)
        && !isUnwrittenParameter(slot);
  }

  private boolean isUnwrittenParameter(int slot) {
    int slots = parameters.stream().mapToInt(p -> TypeKind.from(p).slotSize()).sum();
    return slot < slots && !written.contains(slot);
  }

  private String field(int slot, ClassDesc type) {
    String name = TypeKind.from(type).name().toLowerCase(java.util.Locale.ROOT) + slot;
    saved.put(name, fieldType(type));
    return name;
  }

  private static ClassDesc fieldType(ClassDesc type) {
    return type.isPrimitive() ? type : ConstantDescs.CD_Object;
  }
}
