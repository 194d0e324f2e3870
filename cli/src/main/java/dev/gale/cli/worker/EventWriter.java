package dev.gale.cli.worker;

import dev.gale.cli.work.Json;
import dev.gale.cli.work.WorkerEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Appends events to the file that the parent follows; what is written is out of this process at once. */
final class EventWriter implements AutoCloseable {

  private final FileChannel channel;

  EventWriter(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.APPEND);
  }

  void write(WorkerEvent event) {
    ByteBuffer line = StandardCharsets.UTF_8.encode(Json.line(event) + "\n");
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
