package dev.gale.validation.faults;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes some classes, with those nested in them, from a folder, although its parent has classes of that name, and all others from its parent. */
final class TwinLoader extends URLClassLoader {

  private final List<String> own;

  TwinLoader(Path folder, List<String> own) throws MalformedURLException {
    super(new URL[] {folder.toUri().toURL()}, TwinLoader.class.getClassLoader());
    this.own = own;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    String outer = name.replaceFirst("\\$.*", "");
    if (!own.contains(outer)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  /** The JVM device reads a kernel's class file. */
  @Override
  public @Nullable URL getResource(String name) {
    URL twin = findResource(name);
    return twin != null ? twin : super.getResource(name);
  }
}
