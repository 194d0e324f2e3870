package dev.gale.host.kernel;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A barrier in a kernel's code.
 *
 * @param position the position of its call among the code's elements
 * @param name the barrier and its line, for messages
 * @param locals the types of the local variables there, by slot
 */
record BarrierPoint(int position, String name, ClassDesc[] locals) {

  /**
   * Finds the barriers of a kernel.
   *
   * @param code the kernel's code
   * @param entry the types of the local variables at its beginning
   * @return empty when the kernel can not be stopped at one of them, because it has values on the operand stack there
   */
  static Optional<List<BarrierPoint>> find(CodeAttribute code, TypeFrame entry) {
    Map<Label, StackMapFrameInfo> frames = new HashMap<>();
    code.findAttribute(Attributes.stackMapTable())
        .ifPresent(table -> table.entries().forEach(e -> frames.put(e.target(), e)));
    List<BarrierPoint> points = new ArrayList<>();
    TypeFrame frame = entry;
    int line = 0;
    List<CodeElement> elements = code.elementList();
    for (int i = 0; i < elements.size(); i++) {
      CodeElement element = elements.get(i);
      if (element instanceof LabelTarget target && frames.containsKey(target.label())) {
        frame = TypeFrame.of(frames.get(target.label()), code.maxLocals());
      } else if (element instanceof LineNumber number) {
        line = number.line();
      } else if (element instanceof InvokeInstruction call && ContextUse.isBarrier(call)) {
        if (frame.depth() != 1) {
          return Optional.empty();
        }
        points.add(
            new BarrierPoint(i, call.name().stringValue() + " in line " + line, frame.locals()));
      }
      TypeWalk.step(frame, element);
    }
    return Optional.of(points);
  }
}
