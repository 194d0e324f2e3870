package dev.gale.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.benchmarks.peer.KnownPeer;
import dev.gale.benchmarks.peer.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gale's code is there and the library is not. */
final class AbsentLibraryTest {

  private static final String OURS = "dev.gale.peers.";

  /** What the classes of this module need and nothing else does. */
  private static final List<String> LIBRARIES =
      List.of("ai.", "org.bytedeco.", "org.ejml.", "org.ojalgo.", "org.jocl.");

  /** Sees the class path without the libraries. */
  private static final class WithoutLibraries extends ClassLoader {

    WithoutLibraries(ClassLoader all) {
      super(all);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (LIBRARIES.stream().anyMatch(name::startsWith)) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith(OURS)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException failure) {
        throw new ClassNotFoundException(name, failure);
      }
    }
  }

  private static Stream<String> peers() {
    return ServiceLoader.load(Peer.class).stream()
        .map(provider -> provider.type().getName())
        .filter(name -> name.startsWith(OURS));
  }

  @ParameterizedTest
  @MethodSource("peers")
  void isAbsent_whenTheLibraryIsNotOnTheClassPath(String name) throws Exception {
    ClassLoader loader = new WithoutLibraries(getClass().getClassLoader());
    Peer peer = (Peer) loader.loadClass(name).getConstructor().newInstance();
    PeerJudge.assertAbsent(peer, "matmul", "8", " can't be loaded: java.lang.NoClassDefFoundError");
  }

  @Test
  void everyPeerOfThisModuleIsThere() {
    List<String> found =
        ServiceLoader.load(Peer.class).stream().map(provider -> provider.get().id()).toList();
    assertThat(found)
        .containsAll(
            KnownPeer.ALL.stream()
                .filter(peer -> peer.module().equals("peers"))
                .map(KnownPeer::id)
                .toList());
  }
}
