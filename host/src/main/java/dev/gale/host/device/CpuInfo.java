package dev.gale.host.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The processor this JVM runs on.
 *
 * @param model the model name the operating system gives, or the architecture's name where it gives none
 * @param logicalCores the logical cores this JVM may use
 * @param clockMegahertz the clock frequency the operating system reports, 0 where it reports none
 */
public record CpuInfo(String model, int logicalCores, int clockMegahertz) {

  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  /** Reads the processor's description from the operating system. */
  public static CpuInfo read() {
    List<String> lines;
    try {
      lines = Files.isReadable(CPUINFO) ? Files.readAllLines(CPUINFO) : List.of();
    } catch (IOException e) {
      lines = List.of();
    }
    return parse(lines, System.getProperty("os.arch"), Runtime.getRuntime().availableProcessors());
  }

  static CpuInfo parse(List<String> cpuinfo, String architecture, int logicalCores) {
    String model = architecture + " CPU";
    int megahertz = 0;
    for (String line : cpuinfo) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        continue;
      }
      String key = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      if (key.equals("model name") && !value.isEmpty()) {
        model = value;
      } else if (key.equals("cpu mhz")) {
        megahertz = Math.max(megahertz, parseMegahertz(value));
      }
    }
    return new CpuInfo(model, logicalCores, megahertz);
  }

  private static int parseMegahertz(String value) {
    try {
      return (int) Math.round(Double.parseDouble(value));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
