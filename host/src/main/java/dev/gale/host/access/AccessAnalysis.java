package dev.gale.host.access;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which parameters a method reads and writes, by following it and the methods it calls.
 *
 * <p>The answer errs on one side: what is not listed as read is not read, what is not listed as written is not written.
 * A call that can not be followed counts as reading and writing everything it is given.
 */
public final class AccessAnalysis {

  private final ClassLoader loader;
  private final Map<String, Effect> effects = new HashMap<>();
  private final Map<String, Optional<ClassModel>> classes = new HashMap<>();

  private AccessAnalysis(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * Follows a method.
   *
   * @param owner the class that declares it
   * @param name its name
   * @param descriptor its descriptor
   * @return what it does with its parameters, the receiver of an instance method first
   */
  public static Effect of(Class<?> owner, String name, String descriptor) {
    ClassLoader loader = owner.getClassLoader();
    AccessAnalysis analysis =
        new AccessAnalysis(loader == null ? ClassLoader.getSystemClassLoader() : loader);
    return analysis.follow(owner.getName().replace('.', '/'), name, descriptor);
  }

  /** What a method does, from memory when it has been followed before. */
  Effect follow(String owner, String name, String descriptor) {
    String key = owner + "." + name + descriptor;
    Effect known = effects.get(key);
    if (known != null) {
      return known;
    }
    // A method that calls itself must assume the worst of that call.
    effects.put(key, Effect.ANYTHING);
    Effect effect =
        find(owner, name, descriptor)
            .map(m -> new MethodWalk(this, m).effect())
            .orElse(Effect.ANYTHING);
    effects.put(key, effect);
    return effect;
  }

  /** Whether a call of this method on any object runs this very method. */
  boolean isFinal(String owner, String name, String descriptor) {
    if (owner.startsWith("uk/ac/manchester/tornado/api/")) {
      // The API's data types are not made to be extended, though not all say so.
      return true;
    }
    boolean finalClass = load(owner).map(c -> c.flags().has(AccessFlag.FINAL)).orElse(false);
    return finalClass
        || find(owner, name, descriptor)
            .map(m -> m.flags().has(AccessFlag.FINAL) || m.flags().has(AccessFlag.PRIVATE))
            .orElse(false);
  }

  private Optional<MethodModel> find(String owner, String name, String descriptor) {
    Optional<ClassModel> type = load(owner);
    while (type.isPresent()) {
      for (MethodModel method : type.get().methods()) {
        if (method.methodName().equalsString(name)
            && method.methodType().equalsString(descriptor)) {
          return method.code().isPresent() ? Optional.of(method) : Optional.empty();
        }
      }
      type = type.get().superclass().flatMap(s -> load(s.asInternalName()));
    }
    return Optional.empty();
  }

  private Optional<ClassModel> load(String internalName) {
    return classes.computeIfAbsent(internalName, this::read);
  }

  private Optional<ClassModel> read(String internalName) {
    if (internalName.startsWith("java/") || internalName.startsWith("[")) {
      return Optional.empty();
    }
    try (InputStream in = loader.getResourceAsStream(internalName + ".class")) {
      return in == null ? Optional.empty() : Optional.of(ClassFile.of().parse(in.readAllBytes()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
