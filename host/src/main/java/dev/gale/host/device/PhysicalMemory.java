package dev.gale.host.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The memory of this machine: TornadoVM arrays live outside the Java heap, so the heap's limit is not theirs. */
final class PhysicalMemory {

  private static final Path MEMINFO = Path.of("/proc/meminfo");

  private PhysicalMemory() {}

  /** Physical memory in bytes; the largest Java heap where the operating system does not tell. */
  static long totalBytes() {
    try {
      if (Files.isReadable(MEMINFO)) {
        return parse(Files.readAllLines(MEMINFO), Runtime.getRuntime().maxMemory());
      }
    } catch (IOException e) {
      return Runtime.getRuntime().maxMemory();
    }
    return Runtime.getRuntime().maxMemory();
  }

  static long parse(List<String> meminfo, long otherwise) {
    for (String line : meminfo) {
      if (line.startsWith("MemTotal:")) {
        String[] words = line.substring("MemTotal:".length()).strip().split("\\s+", 2);
        try {
          return Long.parseLong(words[0]) * 1024;
        } catch (NumberFormatException e) {
          return otherwise;
        }
      }
    }
    return otherwise;
  }
}
