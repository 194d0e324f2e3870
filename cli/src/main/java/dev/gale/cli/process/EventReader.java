package dev.gale.cli.process;

import dev.gale.cli.work.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows the file that a worker appends its events to. A file and not the worker's standard output, because drivers print
 * there from native code; and what a worker wrote before it crashed is whole.
 */
final class EventReader<T> implements AutoCloseable {

  private final FileChannel channel;
  private final Class<T> type;
  private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

  EventReader(Path file, Class<T> type) throws IOException {
    channel = FileChannel.open(file);
    this.type = type;
  }

  /** The events that were completed since the last call. */
  List<T> poll() throws IOException {
    List<T> events = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    while (channel.read(buffer.clear()) > 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        byte next = buffer.get();
        if (next == '\n') {
          events.add(Json.parse(partial.toString(StandardCharsets.UTF_8), type));
          partial.reset();
        } else {
          partial.write(next);
        }
      }
    }
    return events;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
