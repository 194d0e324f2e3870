package dev.gale.cli.process;

import dev.gale.host.HostRuntime;
import dev.gale.kernels.matmul.MatmulPlain;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import javax.tools.ToolProvider;
import uk.ac.manchester.tornado.api.TaskGraph;

/**
 * A TornadoVM SDK as far as gale can see: a directory whose launcher prints JVM flags. The flags bring a runtime of their
 * own on the boot class path, as an SDK brings one as modules.
 */
public final class FakeSdk {

  private FakeSdk() {}

  /** An SDK with one device, opencl:0, and a fault. */
  public static Path create(Path directory, Fault fault) throws Exception {
    String bootPath =
        origin(HostRuntime.class) + ":" + origin(TaskGraph.class) + ":" + origin(FakeSdk.class);
    String signal = FakeRuntime.class.getName() + ".signal";
    String kernel =
        switch (fault) {
          case CRASH_WHEN_RUNNING -> signal + "(\"SEGV\");";
          case HANG_WHEN_RUNNING -> signal + "(\"STOP\");";
          default -> "";
        };
    if (fault == Fault.WRONG_RESULT || !kernel.isEmpty()) {
      bootPath = brokenKernel(directory, kernel) + ":" + bootPath;
    }
    return withLauncher(
        directory,
        "echo some advice\n"
            + "echo launched >> "
            + directory.resolve("launches")
            + "\necho /somewhere/bin/java "
            + String.join(" ", JvmFlags.host())
            + " -Dtornado.load.runtime.implementation="
            + FakeRuntime.class.getName()
            + " -Dfake.fault="
            + fault
            + " -Xbootclasspath/a:"
            + bootPath);
  }

  /** An SDK whose launcher is a script. */
  public static Path withLauncher(Path directory, String script) throws IOException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path launcher = Files.writeString(bin.resolve("tornado"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    return directory;
  }

  private static Path brokenKernel(Path directory, String statement) throws IOException {
    Path classes = Files.createDirectories(directory.resolve("broken"));
    Path source = classes.resolve("MatmulPlain.java");
    Files.writeString(
        source,
        """
        package dev.gale.kernels.matmul;
        import uk.ac.manchester.tornado.api.annotations.Parallel;
        import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
        public final class MatmulPlain {
          public static void matmul(FloatArray a, FloatArray b, FloatArray c, int m, int n, int k) {
            FAULT
            for (@Parallel int i = 0; i < m; i++) {
              for (@Parallel int j = 0; j < n - 1; j++) {
                float sum = 0.0f;
                for (int l = 0; l < k; l++) {
                  sum += a.get(i * k + l) * b.get(l * n + j);
                }
                c.set(i * n + j, sum);
              }
            }
          }
        }
        """
            .replace("FAULT", statement));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
    if (status != 0 || MatmulPlain.class.getDeclaredMethods().length == 0) {
      throw new IllegalStateException("the broken kernel does not compile");
    }
    return classes;
  }

  private static Path origin(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
