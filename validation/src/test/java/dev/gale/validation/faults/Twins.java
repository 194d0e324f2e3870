package dev.gale.validation.faults;

import dev.gale.tasks.plan.Variant;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles kernels and variants once more from their sources, whole or with a fault, beside the real ones. */
final class Twins {

  private final Path folder;
  private final Instantiation instantiation;
  private int count;

  /** How an object of a twin's class is made. */
  interface Instantiation {
    Object of(Class<?> twin, Subject subject) throws ReflectiveOperationException;
  }

  /**
   * Twins whose constructor takes nothing, or that have a static method without parameters for each of their names.
   *
   * @param folder where the twins' sources and classes go
   */
  Twins(Path folder) {
    this(folder, Twins::instance);
  }

  /**
   * @param folder where the twins' sources and classes go
   * @param instantiation makes the objects
   */
  Twins(Path folder, Instantiation instantiation) {
    this.folder = folder;
    this.instantiation = instantiation;
  }

  /**
   * An object of the twin of a variant, over the twin of its kernel.
   *
   * @param fault what is broken, or null
   */
  Object variant(Subject subject, @Nullable Fault fault) {
    try {
      Path home = Files.createDirectory(folder.resolve("twin" + count++));
      List<String> sources = new ArrayList<>();
      for (String className : subject.classes()) {
        sources.add(Files.readString(source(className)));
      }
      List<String> own = fault == null ? sources : fault.seed(sources);
      List<Path> files = new ArrayList<>();
      for (int i = 0; i < own.size(); i++) {
        String className = subject.classes().get(i);
        Path file = home.resolve(className.substring(className.lastIndexOf('.') + 1) + ".java");
        files.add(Files.writeString(file, own.get(i)));
      }
      compile(home, files);
      return instantiation.of(
          new TwinLoader(home, subject.classes()).loadClass(subject.variant()), subject);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException(subject + ": " + fault, failure);
    }
  }

  private static Object instance(Class<?> twin, Subject subject)
      throws ReflectiveOperationException {
    for (Method method : twin.getDeclaredMethods()) {
      if (Modifier.isStatic(method.getModifiers())
          && method.getReturnType() == twin
          && method.getParameterCount() == 0
          && method.invoke(null) instanceof Variant variant
          && variant.id().equals(subject.id())) {
        return variant;
      }
    }
    return twin.getDeclaredConstructor().newInstance();
  }

  /** {@code dev.gale.MODULE....}, in the main sources of its module, or in the tests of this one. */
  private static Path source(String className) {
    String module = className.split("\\.")[2];
    String sources = module.equals("validation") ? "test" : "main";
    return Path.of(System.getProperty("basedir", "."), "..", module, "src", sources, "java")
        .resolve(className.replace('.', '/') + ".java");
  }

  private static void compile(Path home, List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-d",
            home.toString(),
            "-classpath",
            System.getProperty("java.class.path"),
            "-proc:none",
            "-nowarn",
            "-parameters",
            "--add-modules",
            "jdk.incubator.vector");
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!compiled) {
        throw new IllegalStateException(messages.toString());
      }
    }
  }
}
