package dev.gale.cli.common;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file can't be written or read, in the system's words: the line that tells it names the file already. */
public final class FileFailure {

  private FileFailure() {}

  /** The reason, without the file's path and without names of Java's. */
  public static String reason(IOException failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return switch (root) {
      case FileSystemException told when told.getReason() != null -> told.getReason();
      case AccessDeniedException _ -> "no permission";
      case NoSuchFileException _ -> "no such file or directory";
      // PATH (REASON)
      case FileNotFoundException _ when message != null && message.endsWith(")") ->
          message.substring(message.lastIndexOf('(') + 1, message.length() - 1);
      default -> message == null ? root.getClass().getSimpleName() : message;
    };
  }

  /** The end of the command, with status 2, as a file can't be written. */
  public static GaleException notWritten(String what, IOException failure) {
    return GaleException.badRequest(what + ": cannot be written: " + reason(failure));
  }
}
