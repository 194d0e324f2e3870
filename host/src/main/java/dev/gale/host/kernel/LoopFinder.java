package dev.gale.host.kernel;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeAnnotation;
import java.lang.classfile.TypeAnnotation.LocalVarTarget;
import java.lang.classfile.TypeAnnotation.LocalVarTargetInfo;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.RuntimeVisibleTypeAnnotationsAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.annotations.Reduce;

/**
 * Finds the {@code @Parallel} loops of a kernel in its bytecode.
 *
 * <p>The annotation is a type annotation of the loop's index, a local variable; the class file keeps it with the
 * variable's slot and the range of instructions where it lives. The loop around must look as javac translates
 * {@code for (int i = start; i < bound; i += step)}.
 */
final class LoopFinder {

  private static final String PARALLEL = "L" + Parallel.class.getName().replace('.', '/') + ";";
  private static final String REDUCE = "L" + Reduce.class.getName().replace('.', '/') + ";";

  private static final String ATOMICS = "java/util/concurrent/atomic/";

  private final List<CodeElement> elements;
  private final Map<Label, Integer> labels = new HashMap<>();

  private LoopFinder(List<CodeElement> elements) {
    this.elements = elements;
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof LabelTarget target) {
        labels.put(target.label(), i);
      }
    }
  }

  /** A loop that is not of the form that can be divided. */
  private static final class OddLoop extends Exception {
    private static final long serialVersionUID = 1L;

    OddLoop(String message) {
      super(message, null, false, false);
    }
  }

  /** Finds what can be divided in a kernel. */
  static LoopNest find(MethodModel method) {
    Optional<CodeAttribute> code = method.findAttribute(Attributes.code());
    if (code.isEmpty()) {
      return LoopNest.sequential("it has no bytecode", 0);
    }
    List<LocalVarTargetInfo> targets = annotatedVariables(code.get());
    if (targets.isEmpty()) {
      return LoopNest.sequential("it has no @Parallel loop", 0);
    }
    if (hasReduction(method)) {
      return LoopNest.sequential("it is a reduction (@Reduce)", targets.size());
    }
    return new LoopFinder(code.get().elementList()).nest(targets);
  }

  private static List<LocalVarTargetInfo> annotatedVariables(CodeAttribute code) {
    List<LocalVarTargetInfo> targets = new ArrayList<>();
    for (RuntimeVisibleTypeAnnotationsAttribute attribute :
        code.findAttributes(Attributes.runtimeVisibleTypeAnnotations())) {
      for (TypeAnnotation annotation : attribute.annotations()) {
        if (annotation.annotation().className().equalsString(PARALLEL)
            && annotation.targetInfo() instanceof LocalVarTarget target) {
          targets.addAll(target.table());
        }
      }
    }
    return targets;
  }

  private static boolean hasReduction(MethodModel method) {
    return method
        .findAttribute(Attributes.runtimeVisibleParameterAnnotations())
        .map(
            a ->
                a.parameterAnnotations().stream()
                    .flatMap(List::stream)
                    .anyMatch(p -> p.className().equalsString(REDUCE)))
        .orElse(false);
  }

  private LoopNest nest(List<LocalVarTargetInfo> targets) {
    List<ParallelLoop> loops = new ArrayList<>();
    String trouble = "";
    for (LocalVarTargetInfo target : targets) {
      try {
        loops.add(loop(target));
      } catch (OddLoop odd) {
        trouble = String.valueOf(odd.getMessage());
      }
    }
    loops.sort(Comparator.comparingInt(ParallelLoop::store));
    if (loops.isEmpty()) {
      return LoopNest.sequential(trouble, targets.size());
    }
    ParallelLoop outer = loops.getFirst();
    List<ParallelLoop> inside = loops.stream().filter(outer::contains).toList();
    if (inside.size() + 1 < loops.size()) {
      return LoopNest.sequential("it has @Parallel loops one after another", targets.size());
    }
    if (!trouble.isEmpty() && !allInside(outer, targets)) {
      return LoopNest.sequential(trouble, targets.size());
    }
    if (makesAtomicBefore(outer)) {
      // Each slice would make one of its own, where the device's work items share one.
      return LoopNest.sequential(
          "its iterations share an atomic variable it makes", targets.size());
    }
    if (isInsideAnotherLoop(outer)) {
      return LoopNest.sequential("its @Parallel loop is inside a loop that is not", targets.size());
    }
    List<ParallelLoop> direct =
        inside.stream().filter(l -> inside.stream().noneMatch(m -> m.contains(l))).toList();
    Optional<ParallelLoop> inner =
        direct.size() == 1 ? Optional.of(direct.getFirst()) : Optional.empty();
    String what = inner.isPresent() ? "two nested loops" : "a loop";
    return new LoopNest(Optional.of(outer), inner, "divides " + what, targets.size());
  }

  private boolean makesAtomicBefore(ParallelLoop loop) {
    return elements.subList(0, loop.store()).stream()
        .anyMatch(
            e ->
                e instanceof NewObjectInstruction made
                    && made.className().asInternalName().startsWith(ATOMICS));
  }

  private boolean allInside(ParallelLoop outer, List<LocalVarTargetInfo> targets) {
    return targets.stream()
        .mapToInt(t -> position(t.startLabel()))
        .allMatch(p -> p >= outer.store() && p < outer.exit());
  }

  private boolean isInsideAnotherLoop(ParallelLoop loop) {
    for (int i = loop.exit(); i < elements.size(); i++) {
      if (targets(elements.get(i)).stream().anyMatch(t -> position(t) <= loop.store())) {
        return true;
      }
    }
    return false;
  }

  private ParallelLoop loop(LocalVarTargetInfo variable) throws OddLoop {
    int slot = variable.index();
    int start = position(variable.startLabel());
    int store = previousInstruction(start);
    if (store < 0 || !(elements.get(store) instanceof StoreInstruction s && s.slot() == slot)) {
      throw new OddLoop("the index of its @Parallel loop has no first value");
    }
    int load = nextInstruction(store + 1);
    if (!(elements.get(load) instanceof LoadInstruction l && l.slot() == slot)) {
      throw new OddLoop("the condition of its @Parallel loop does not begin with the index");
    }
    int branch = conditionEnd(load + 1, slot);
    BranchInstruction leave = (BranchInstruction) elements.get(branch);
    int exit = position(leave.target());
    int back = previousInstruction(exit);
    if (exit <= branch
        || !(elements.get(back) instanceof BranchInstruction jump
            && jump.opcode() == Opcode.GOTO
            && isBetween(position(jump.target()), store, load))) {
      throw new OddLoop("its @Parallel loop does not end with a jump to its condition");
    }
    Update update = update(back, slot, branch);
    checkBody(slot, branch + 1, update.position, store, exit);
    return new ParallelLoop(
        slot,
        store,
        load + 1,
        branch,
        leave.opcode() == Opcode.IF_ICMPGT,
        update.constant,
        update.stepSlot,
        update.position,
        exit);
  }

  private static boolean isBetween(int position, int from, int to) {
    return from < position && position < to;
  }

  private int conditionEnd(int from, int slot) throws OddLoop {
    for (int i = from; i < elements.size(); i++) {
      switch (elements.get(i)) {
        case BranchInstruction branch -> {
          if (branch.opcode() != Opcode.IF_ICMPGE && branch.opcode() != Opcode.IF_ICMPGT) {
            throw new OddLoop(
                "the condition of its @Parallel loop is not index < bound or index <= bound");
          }
          return i;
        }
        case StoreInstruction s ->
            throw new OddLoop("the bound of its @Parallel loop has side effects");
        case IncrementInstruction s ->
            throw new OddLoop("the bound of its @Parallel loop has side effects");
        case LoadInstruction load when load.slot() == slot ->
            throw new OddLoop("the bound of its @Parallel loop depends on the index");
        default -> {}
      }
    }
    throw new OddLoop("its @Parallel loop has no condition");
  }

  private record Update(int position, OptionalInt constant, OptionalInt stepSlot) {}

  private Update update(int back, int slot, int branch) throws OddLoop {
    int last = previousInstruction(back);
    if (elements.get(last) instanceof IncrementInstruction increment && increment.slot() == slot) {
      return checked(new Update(last, OptionalInt.of(increment.constant()), OptionalInt.empty()));
    }
    int add = previousInstruction(last);
    int step = previousInstruction(add);
    int load = previousInstruction(step);
    if (load > branch
        && elements.get(last) instanceof StoreInstruction store
        && store.slot() == slot
        && elements.get(add) instanceof OperatorInstruction operator
        && operator.opcode() == Opcode.IADD
        && elements.get(load) instanceof LoadInstruction index
        && index.slot() == slot) {
      if (elements.get(step) instanceof ConstantInstruction constant
          && constant.constantValue() instanceof Integer value) {
        return checked(new Update(load, OptionalInt.of(value), OptionalInt.empty()));
      } else if (elements.get(step) instanceof LoadInstruction variable
          && !isWritten(variable.slot(), branch, back)) {
        return new Update(load, OptionalInt.empty(), OptionalInt.of(variable.slot()));
      }
    }
    throw new OddLoop("the update of its @Parallel loop is not index += step");
  }

  private static Update checked(Update update) throws OddLoop {
    if (update.constant.orElse(1) < 1) {
      throw new OddLoop("its @Parallel loop counts down");
    }
    return update;
  }

  private void checkBody(int slot, int from, int to, int store, int exit) throws OddLoop {
    if (isWritten(slot, from, to)) {
      throw new OddLoop("the body of its @Parallel loop changes the index");
    }
    for (int i = from; i < to; i++) {
      if (elements.get(i) instanceof ReturnInstruction) {
        throw new OddLoop("the body of its @Parallel loop returns");
      }
      for (Label target : targets(elements.get(i))) {
        if (!isBetween(position(target), store, exit)) {
          throw new OddLoop("the body of its @Parallel loop leaves the loop");
        }
      }
    }
  }

  private boolean isWritten(int slot, int from, int to) {
    for (int i = from; i < to; i++) {
      if ((elements.get(i) instanceof StoreInstruction s && s.slot() == slot)
          || (elements.get(i) instanceof IncrementInstruction n && n.slot() == slot)) {
        return true;
      }
    }
    return false;
  }

  private static List<Label> targets(CodeElement element) {
    return switch (element) {
      case BranchInstruction branch -> List.of(branch.target());
      case TableSwitchInstruction table -> targets(table.defaultTarget(), table.cases());
      case LookupSwitchInstruction lookup -> targets(lookup.defaultTarget(), lookup.cases());
      default -> List.of();
    };
  }

  private static List<Label> targets(Label otherwise, List<SwitchCase> cases) {
    List<Label> all = new ArrayList<>();
    all.add(otherwise);
    cases.forEach(c -> all.add(c.target()));
    return all;
  }

  private int position(Label label) {
    Integer position = labels.get(label);
    if (position == null) {
      throw new IllegalStateException("a label of the method is not in its code");
    }
    return position;
  }

  private int previousInstruction(int before) {
    for (int i = before - 1; i >= 0; i--) {
      if (elements.get(i) instanceof Instruction) {
        return i;
      }
    }
    return -1;
  }

  private int nextInstruction(int from) {
    for (int i = from; i < elements.size(); i++) {
      if (elements.get(i) instanceof Instruction) {
        return i;
      }
    }
    throw new IllegalStateException("code does not end with a label");
  }
}
