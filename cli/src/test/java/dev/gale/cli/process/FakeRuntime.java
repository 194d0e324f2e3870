package dev.gale.cli.process;

import dev.gale.host.HostRuntime;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/**
 * The runtime of {@link FakeSdk}: the JVM device under the name of OpenCL, with faults. TornadoVM's API calls {@link
 * #getTornadoRuntime} by name.
 */
public final class FakeRuntime {

  private FakeRuntime() {}

  public static TornadoRuntime getTornadoRuntime() {
    Fault fault = Fault.valueOf(System.getProperty("fake.fault"));
    switch (fault) {
      case CRASH_WHEN_LISTING -> signal("SEGV");
      case HANG_WHEN_LISTING -> signal("STOP");
      case THROW_WHEN_LISTING -> throw new IllegalStateException("no platform\nfound");
      case NONE, NO_DEVICE, CRASH_WHEN_RUNNING, HANG_WHEN_RUNNING, WRONG_RESULT -> {}
    }
    HostRuntime host = HostRuntime.getTornadoRuntime();
    TornadoBackend openCl =
        (TornadoBackend)
            proxy(
                TornadoBackend.class,
                host.getBackend(0),
                "getBackendType",
                TornadoVMBackendType.OPENCL);
    return fault == Fault.NO_DEVICE
        ? (TornadoRuntime) proxy(TornadoRuntime.class, host, "getNumBackends", 0)
        : (TornadoRuntime) proxy(TornadoRuntime.class, host, "getBackend", openCl);
  }

  private static Object proxy(Class<?> type, Object real, String method, Object answer) {
    InvocationHandler handler =
        (_, called, arguments) -> {
          boolean byIndex =
              called.getParameterCount() == 0 || called.getParameterTypes()[0] == int.class;
          return called.getName().equals(method) && byIndex
              ? answer
              : call(real, called, arguments);
        };
    return Proxy.newProxyInstance(
        FakeRuntime.class.getClassLoader(), new Class<?>[] {type}, handler);
  }

  private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  /** Sends this process a signal, and waits for what comes of it. */
  public static void signal(String name) {
    System.err.println("about to get SIG" + name);
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(ProcessHandle.current().pid()))
          .start()
          .waitFor();
      Thread.sleep(60_000);
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
