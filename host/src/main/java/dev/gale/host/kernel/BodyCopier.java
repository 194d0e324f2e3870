package dev.gale.host.kernel;

import dev.gale.host.exec.KernelDebug;
import java.lang.classfile.Attribute;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.CharacterRange;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LocalVariableType;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.constant.ClassDesc;
import uk.ac.manchester.tornado.api.exceptions.Debug;

/**
 * Copies instructions into another method whose first parameters are the same, making room for more parameters.
 *
 * @param firstShifted the first slot that moves: the first that is not a parameter
 * @param shift by how many slots it moves
 */
record BodyCopier(int firstShifted, int shift) {

  private static final String DEBUG = Debug.class.getName().replace('.', '/');
  private static final ClassDesc KERNEL_DEBUG = ClassDesc.of(KernelDebug.class.getName());

  /** The new place of a local variable. */
  int slot(int old) {
    return old < firstShifted ? old : old + shift;
  }

  /** Copies one element. */
  void copy(CodeBuilder code, CodeElement element) {
    switch (element) {
      case LoadInstruction load -> code.loadLocal(load.typeKind(), slot(load.slot()));
      case StoreInstruction store -> code.storeLocal(store.typeKind(), slot(store.slot()));
      case IncrementInstruction increment ->
          code.iinc(slot(increment.slot()), increment.constant());
      // What debuggers read would name the old slots; attributes belong to the old method.
      case LocalVariable variable -> {}
      case LocalVariableType variable -> {}
      case CharacterRange range -> {}
      case Attribute<?> attribute -> {}
      case InvokeInstruction call when call.owner().asInternalName().equals(DEBUG) ->
          code.invokestatic(KERNEL_DEBUG, call.name().stringValue(), call.typeSymbol());
      default -> code.with(element);
    }
  }
}
