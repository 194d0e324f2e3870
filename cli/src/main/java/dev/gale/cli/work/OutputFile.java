package dev.gale.cli.work;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.file.Path;
import java.util.List;

/**
 * An output to be written. A worker writes {@code part}; the parent makes it {@code target} once the result is known to
 * be right, so that a half-written or wrong file never stands at the target.
 *
 * @param name which output of the operator: {@code output}, {@code lse}, {@code weights}, ...
 * @param label how complaints name it: the option and the file as the user named it
 * @param target where it shall be, absolute
 * @param part where a worker writes it, in the same directory
 * @param shape the sizes of its axes
 */
public record OutputFile(String name, String label, Path target, Path part, List<Integer> shape) {

  @JsonIgnore
  public boolean isPicture() {
    return target.toString().endsWith(".png");
  }
}
