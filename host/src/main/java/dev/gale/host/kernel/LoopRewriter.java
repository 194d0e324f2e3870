package dev.gale.host.kernel;

import dev.gale.host.exec.Slices;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies a kernel so that it runs one slice of its {@code @Parallel} loops.
 *
 * <p>A kernel without a loop to divide is copied as it is.
 *
 * <p>The copy has two more parameters, the slice's number and the count of slices. Where a loop begins it computes the
 * loop's bounds as before, asks {@link Slices} for the part of this slice, and from then on compares the index with
 * that part's end. Nothing inside the loop changes, so the JIT compiler sees the loop the program wrote.
 */
final class LoopRewriter {

  private static final ClassDesc SLICES = ClassDesc.of(Slices.class.getName());
  private static final MethodTypeDesc PART =
      MethodTypeDesc.of(
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ConstantDescs.CD_long,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int);
  private static final MethodTypeDesc OUTER_COUNT =
      MethodTypeDesc.of(
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ConstantDescs.CD_long,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int);

  /** Parameters added: the slice and the count of slices. */
  static final int ADDED_SLOTS = 2;

  private final List<CodeElement> elements;
  private final BodyCopier copier;
  private final int slice;
  private final @Nullable Part outer;
  private final @Nullable Part inner;

  /** A loop and the local variables its division needs. */
  private record Part(ParallelLoop loop, int bound, int end, int slice, int count) {}

  private final int innerCount;

  /**
   * Prepares to copy a kernel.
   *
   * @param elements the kernel's code
   * @param nest its loops
   * @param parameterSlots the slots its parameters take
   * @param maxLocals the slots it uses
   */
  LoopRewriter(List<CodeElement> elements, LoopNest nest, int parameterSlots, int maxLocals) {
    this.elements = elements;
    this.copier = new BodyCopier(parameterSlots, ADDED_SLOTS);
    this.slice = parameterSlots;
    int free = maxLocals + ADDED_SLOTS;
    ParallelLoop first = nest.outer().orElse(null);
    if (first == null) {
      this.outer = null;
      this.inner = null;
      this.innerCount = -1;
    } else if (nest.inner().isEmpty()) {
      this.outer = new Part(first, free, free + 2, slice, slice + 1);
      this.inner = null;
      this.innerCount = -1;
    } else {
      this.outer = new Part(first, free, free + 2, free + 3, free + 4);
      this.inner = new Part(nest.inner().get(), free + 5, free + 7, free + 8, free + 9);
      this.innerCount = free + 9;
    }
  }

  /** Writes the copy. */
  void emit(CodeBuilder code) {
    for (int i = 0; i < elements.size(); i++) {
      Part condition = partWhoseBoundHolds(i);
      if (condition != null) {
        if (i == condition.loop.boundBegin()) {
          code.iload(condition.end);
        }
        continue;
      }
      copier.copy(code, elements.get(i));
      if (outer != null && i == outer.loop.store()) {
        begin(code, outer);
      } else if (inner != null && i == inner.loop.store()) {
        begin(code, inner);
      }
    }
  }

  private @Nullable Part partWhoseBoundHolds(int position) {
    if (outer != null && isBound(outer.loop, position)) {
      return outer;
    }
    return inner != null && isBound(inner.loop, position) ? inner : null;
  }

  private static boolean isBound(ParallelLoop loop, int position) {
    return loop.boundBegin() <= position && position < loop.branch();
  }

  private void begin(CodeBuilder code, Part part) {
    ParallelLoop loop = part.loop;
    for (int i = loop.boundBegin(); i < loop.branch(); i++) {
      copier.copy(code, elements.get(i));
    }
    code.i2l();
    if (loop.inclusive()) {
      code.lconst_1().ladd();
    }
    code.lstore(part.bound);
    if (part == outer && inner != null) {
      divideBetweenLoops(code, part, inner);
    }
    loadRange(code, part);
    code.iload(part.slice).iload(part.count);
    code.invokestatic(SLICES, loop.inclusive() ? "last" : "end", PART).istore(part.end);
    loadRange(code, part);
    code.iload(part.slice).iload(part.count);
    code.invokestatic(SLICES, "begin", PART).istore(copier.slot(loop.slot()));
  }

  /** Splits the slice number into one for each of the two loops. */
  private void divideBetweenLoops(CodeBuilder code, Part first, Part second) {
    loadRange(code, first);
    code.iload(slice + 1).invokestatic(SLICES, "outerCount", OUTER_COUNT).istore(first.count);
    code.iload(slice + 1).iload(first.count).idiv().istore(innerCount);
    code.iload(slice).iload(innerCount).idiv().istore(first.slice);
    code.iload(slice).iload(innerCount).irem().istore(second.slice);
  }

  private void loadRange(CodeBuilder code, Part part) {
    code.iload(copier.slot(part.loop.slot())).lload(part.bound);
    part.loop.stepConstant().ifPresent(code::loadConstant);
    part.loop.stepSlot().ifPresent(s -> code.iload(copier.slot(s)));
  }
}
