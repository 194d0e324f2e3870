package uk.ac.manchester.tornado.api.common;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * A forward declaration: a call to a native library as a task of a graph.
 *
 * <p>Later TornadoVM releases bring this class; with {@code -Dtornado.version=...} theirs is used and this one is not
 * compiled. It is declared here because a method of {@code TornadoTaskGraphInterface} takes it. With the API that lacks
 * the class nothing makes one, so there is no way to fill it.
 */
@NullMarked
public class LibraryTaskDescriptor {

  /** Only the API that brings this class makes instances that say something. */
  public LibraryTaskDescriptor() {}

  /** The library, such as a BLAS. */
  public @Nullable String getLibraryName() {
    return null;
  }

  /** The function of the library. */
  public @Nullable String getFunctionName() {
    return null;
  }
}
