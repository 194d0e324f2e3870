package dev.gale.host.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Optional;

/** Reads the class files of classes that are loaded. */
final class ClassFiles {

  private ClassFiles() {}

  /** The class file of a class; empty where its loader does not give it out (a hidden or generated class). */
  static Optional<ClassModel> of(Class<?> type) {
    String name = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream in = type.getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(ClassFile.of().parse(in.readAllBytes()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A method of a class file by name and descriptor. */
  static Optional<MethodModel> method(ClassModel model, String name, String descriptor) {
    return model.methods().stream()
        .filter(m -> m.methodName().equalsString(name) && m.methodType().equalsString(descriptor))
        .findFirst();
  }

  /** The class file's view of a method. */
  static Optional<MethodModel> method(ClassModel model, Method method) {
    MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
    return method(model, method.getName(), type.descriptorString());
  }
}
