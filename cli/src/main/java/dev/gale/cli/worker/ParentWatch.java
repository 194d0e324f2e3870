package dev.gale.cli.worker;

import dev.gale.cli.common.ExitStatus;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.time.Duration;

/**
 * Ends this process when its parent does. The parent never writes to it; its standard input ends when the parent does.
 *
 * <p>Close it before the end: a JVM whose threads wait in the operating system waits 0.3 s for them before it halts.
 */
final class ParentWatch implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final FileChannel input;
  private final Thread watcher;

  private ParentWatch(FileChannel input) {
    this.input = input;
    this.watcher = new Thread(this::watch, "parent-watch");
    watcher.setDaemon(true);
  }

  static ParentWatch start() {
    // A channel, unlike a stream, lets go of a thread that reads it when it is closed.
    ParentWatch watch = new ParentWatch(new FileInputStream(FileDescriptor.in).getChannel());
    watch.watcher.start();
    return watch;
  }

  private void watch() {
    ByteBuffer unsaid = ByteBuffer.allocate(1);
    try {
      while (input.read(unsaid) >= 0) {
        unsaid.clear();
      }
    } catch (ClosedChannelException done) {
      return;
    } catch (IOException gone) {
      // The same as the end.
    }
    Runtime.getRuntime().halt(ExitStatus.DEVICE_FAILED);
  }

  /** Stops watching. */
  @Override
  public void close() throws IOException {
    input.close();
    try {
      watcher.join(PATIENCE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
