package dev.gale.host.kernel;

import dev.gale.host.exec.KernelFunction;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.KernelContext;

/**
 * A task's code: what its lambda is, and the kernel behind it.
 *
 * @param lambda the lambda, called through its interface
 * @param captured the values the lambda has captured: the kernel's first arguments
 * @param method the kernel's method, where it can be told
 * @param kernel the kernel
 */
public record TaskCode(
    KernelFunction lambda, List<Object> captured, Optional<Method> method, CompiledKernel kernel) {

  /**
   * Looks into a task's code.
   *
   * @param name the task's full name
   * @param code the lambda or method reference
   * @param arguments the arguments it will be called with
   */
  public static TaskCode of(String name, Object code, Object[] arguments) {
    KernelFunction lambda = TaskFunction.of(code);
    Optional<Method> method = KernelMethod.of(code);
    List<Object> captured = method.map(m -> captured(code, m, arguments.length)).orElse(null);
    if (method.isEmpty() || captured == null) {
      boolean usesContext = List.of(arguments).stream().anyMatch(KernelContext.class::isInstance);
      return new TaskCode(
          lambda, List.of(), Optional.empty(), KernelCompiler.opaque(name, usesContext));
    }
    Method called = overriding(method.get(), captured.isEmpty() ? arguments : captured.toArray());
    return new TaskCode(lambda, captured, Optional.of(called), KernelCompiler.compile(called));
  }

  /** The method that runs: a lambda names the receiver's static type, whose method may be overridden. */
  private static Method overriding(Method method, Object[] arguments) {
    if (Modifier.isStatic(method.getModifiers()) || Modifier.isPrivate(method.getModifiers())) {
      return method;
    }
    Class<?> type = arguments[0].getClass();
    while (type != null && type != method.getDeclaringClass()) {
      for (Method candidate : type.getDeclaredMethods()) {
        if (candidate.getName().equals(method.getName())
            && candidate.getReturnType() == method.getReturnType()
            && Arrays.equals(candidate.getParameterTypes(), method.getParameterTypes())) {
          return candidate;
        }
      }
      type = type.getSuperclass();
    }
    return method;
  }

  /** The kernel's arguments: what the lambda has captured, then what the task was given. */
  public Object[] kernelArguments(Object[] arguments) {
    if (captured.isEmpty()) {
      return arguments;
    }
    Object[] all = new Object[captured.size() + arguments.length];
    for (int i = 0; i < captured.size(); i++) {
      all[i] = captured.get(i);
    }
    System.arraycopy(arguments, 0, all, captured.size(), arguments.length);
    return all;
  }

  private static @Nullable List<Object> captured(Object code, Method method, int arguments) {
    int receiver = Modifier.isStatic(method.getModifiers()) ? 0 : 1;
    int expected = method.getParameterCount() + receiver - arguments;
    List<Object> values = new ArrayList<>();
    try {
      for (Field field : code.getClass().getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          values.add(field.get(code));
        }
      }
    } catch (IllegalAccessException e) {
      return null;
    }
    return values.size() == expected ? values : null;
  }
}
