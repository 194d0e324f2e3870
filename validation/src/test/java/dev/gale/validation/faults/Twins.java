package dev.gale.validation.faults;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles kernels and variants once more from their sources, whole or with a fault, beside the real ones. */
final class Twins {

  private final Path folder;
  private int count;

  /**
   * @param folder where the twins' sources and classes go
   */
  Twins(Path folder) {
    this.folder = folder;
  }

  /**
   * An object of the twin of a variant, over the twin of its kernel.
   *
   * @param fault what is broken, or null
   */
  Object variant(Subject subject, @Nullable Fault fault) {
    try {
      Path home = Files.createDirectory(folder.resolve("twin" + count++));
      boolean inVariant = fault != null && fault.inVariant();
      Path kernel = write(home, "kernels", subject.kernel(), inVariant ? null : fault);
      Path variant = write(home, "tasks", subject.variant(), inVariant ? fault : null);
      compile(home, List.of(kernel, variant));
      List<String> own = List.of(subject.kernel(), subject.variant());
      return new TwinLoader(home, own)
          .loadClass(subject.variant())
          .getDeclaredConstructor()
          .newInstance();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException(subject + ": " + fault, failure);
    }
  }

  private static Path write(Path home, String module, String className, @Nullable Fault fault)
      throws IOException {
    String file = className.replace('.', '/') + ".java";
    Path source =
        Path.of(System.getProperty("basedir", "."), "..", module, "src", "main", "java")
            .resolve(file);
    String text = Files.readString(source);
    Path copy = home.resolve(file);
    Files.createDirectories(copy.getParent());
    return Files.writeString(copy, fault == null ? text : fault.seed(text));
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
