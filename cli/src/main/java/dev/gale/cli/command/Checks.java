package dev.gale.cli.command;

import dev.gale.cli.common.GaleException;
import dev.gale.cli.npy.NpyException;
import dev.gale.cli.npy.NpyInput;
import dev.gale.tasks.plan.VariantCatalogue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks that commands share; each failure ends the command with status 2 and one line. */
final class Checks {

  /**
   * More than any machine has cores, and few enough that a JVM can start them all: systems let a process or a user have
   * some ten thousand.
   */
  private static final int MOST_THREADS = 4096;

  private Checks() {}

  static void atLeast(String option, int value, int least) {
    if (value < least) {
      throw GaleException.badRequest(option + ": " + value + ", expected at least " + least);
    }
  }

  /** How many threads are asked for, if it is said. */
  static void threads(@Nullable Integer count) {
    int value = or(count, 1);
    atLeast("--threads", value, 1);
    if (value > MOST_THREADS) {
      throw GaleException.badRequest("--threads: " + value + ", expected at most " + MOST_THREADS);
    }
  }

  /** A file that must be what it is taken for. */
  static NpyInput file(String name, Path file, NpyInput.Types types) {
    try {
      return NpyInput.check(name, file, types);
    } catch (NpyException wrong) {
      throw GaleException.badRequest(String.valueOf(wrong.getMessage()));
    }
  }

  /** A shape whose constructor refuses what can't be computed. */
  static <T> T shape(Supplier<T> construction) {
    try {
      return construction.get();
    } catch (IllegalArgumentException wrong) {
      throw GaleException.badRequest(String.valueOf(wrong.getMessage()));
    }
  }

  /**
   * Options that go together.
   *
   * @param values option names and their values
   * @return whether all are there; false if none is
   */
  static boolean together(Map<String, ?> values) {
    List<String> missing = new ArrayList<>();
    values.forEach(
        (option, value) -> {
          if (value == null) {
            missing.add(option);
          }
        });
    if (missing.isEmpty() || missing.size() == values.size()) {
      return missing.isEmpty();
    }
    throw GaleException.badRequest(
        String.join(", ", values.keySet())
            + " go together: "
            + String.join(", ", missing)
            + (missing.size() == 1 ? " is missing" : " are missing"));
  }

  /**
   * Options that say what input files say already.
   *
   * @param values option names and their values
   */
  static void notWithFiles(Map<String, ?> values) {
    values.forEach(
        (option, value) -> {
          if (value != null) {
            throw GaleException.badRequest(
                option + ": not with input files, which have shapes and values of their own");
          }
        });
  }

  /** A variant that the operator has; whether it runs on a device is seen there. */
  static void variant(RunOptions options, VariantCatalogue<?> catalogue) {
    String variant = options.variant;
    if (variant != null) {
      shape(() -> catalogue.byId(variant));
    }
  }

  /** The value of an option or its default. */
  static int or(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }
}
