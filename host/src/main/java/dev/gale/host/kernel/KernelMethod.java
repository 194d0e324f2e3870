package dev.gale.host.kernel;

import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.Optional;
import jdk.internal.access.SharedSecrets;
import jdk.internal.reflect.ConstantPool;
import org.jspecify.annotations.Nullable;

/** Finds the Java method behind a task's lambda or method reference. */
public final class KernelMethod {

  private KernelMethod() {}

  /**
   * The method a lambda calls.
   *
   * <p>The class that the JVM spins for a lambda holds one reference to the method it stands for in its constant pool.
   *
   * @param lambda a task's code: the value of a method reference or a lambda expression
   * @return the method; empty when {@code lambda} is an ordinary object or calls the method through a handle
   */
  public static Optional<Method> of(Object lambda) {
    Class<?> type = lambda.getClass();
    if (!type.isHidden() && !type.isSynthetic()) {
      return Optional.empty();
    }
    ConstantPool pool = SharedSecrets.getJavaLangAccess().getConstantPool(type);
    Method found = null;
    for (int i = 1; i < pool.getSize(); i++) {
      Member member = memberAt(pool, i);
      if (member instanceof Method method && !isGlue(method)) {
        found = method;
      }
    }
    return Optional.ofNullable(found);
  }

  private static boolean isGlue(Executable method) {
    Class<?> owner = method.getDeclaringClass();
    return owner == Object.class
        || (Number.class.isAssignableFrom(owner) && owner.getName().startsWith("java.lang."))
        || owner == Boolean.class
        || owner == Character.class;
  }

  private static @Nullable Member memberAt(ConstantPool pool, int index) {
    try {
      return pool.getMethodAt(index);
    } catch (IllegalArgumentException e) {
      // Asking is the only way to learn whether an entry is a method.
      return null;
    }
  }
}
