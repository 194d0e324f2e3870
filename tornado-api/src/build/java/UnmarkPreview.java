import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Clears the preview mark of class files.
 *
 * <p>A class compiled with {@code --enable-preview} carries minor version 65535 in bytes 4 and 5, and only the JDK
 * release it was compiled with loads it. TornadoVM's array types were compiled so on JDK 21 because the foreign-memory
 * API was a preview there; it became final in JDK 22 unchanged in what these classes use. With a zero minor version
 * they load on JDK 25.
 *
 * <p>Usage: {@code java UnmarkPreview.java <classes folder>}
 */
public final class UnmarkPreview {

  private static final int MINOR_VERSION_OFFSET = 4;

  private UnmarkPreview() {}

  public static void main(String[] args) throws IOException {
    int cleared = 0;
    List<Path> classFiles;
    try (var files = Files.walk(Path.of(args[0]))) {
      classFiles = files.filter(file -> file.toString().endsWith(".class")).toList();
    }
    for (Path file : classFiles) {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes[MINOR_VERSION_OFFSET] == (byte) 0xFF
          && bytes[MINOR_VERSION_OFFSET + 1] == (byte) 0xFF) {
        bytes[MINOR_VERSION_OFFSET] = 0;
        bytes[MINOR_VERSION_OFFSET + 1] = 0;
        Files.write(file, bytes);
        cleared++;
      }
    }
    System.out.println(
        "cleared the preview mark of " + cleared + " of " + classFiles.size() + " class files");
  }
}
