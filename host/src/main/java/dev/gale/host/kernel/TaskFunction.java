package dev.gale.host.kernel;

import dev.gale.host.exec.KernelFunction;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import uk.ac.manchester.tornado.api.common.TornadoFunctions;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Calls a task's lambda, whatever its number of parameters. */
public final class TaskFunction {

  /** The way to call the functional interfaces of {@link TornadoFunctions}, by the class of the lambda. */
  private static final ClassValue<MethodHandle> APPLY =
      new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
          return applyOf(type);
        }
      };

  private TaskFunction() {}

  /**
   * The lambda as a function of an array of arguments.
   *
   * @param code a task's code, an instance of one of {@link TornadoFunctions}' interfaces
   */
  public static KernelFunction of(Object code) {
    MethodHandle apply = APPLY.get(code.getClass());
    return arguments -> {
      // A statement, not an expression: the call's type must end in void.
      apply.invokeExact(code, arguments);
    };
  }

  private static MethodHandle applyOf(Class<?> type) {
    for (Class<?> face : type.getInterfaces()) {
      if (face.getEnclosingClass() != TornadoFunctions.class) {
        continue;
      }
      for (Method method : face.getMethods()) {
        if (Modifier.isAbstract(method.getModifiers())) {
          return spread(method);
        }
      }
    }
    throw new TornadoRuntimeException(
        "task code of " + type.getName() + ": expected one of TornadoFunctions' interfaces");
  }

  private static MethodHandle spread(Method apply) {
    try {
      MethodHandle handle = MethodHandles.publicLookup().unreflect(apply);
      MethodHandle spread = handle.asSpreader(Object[].class, apply.getParameterCount());
      return spread.asType(MethodType.methodType(void.class, Object.class, Object[].class));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(apply + ": is public", e);
    }
  }
}
