package dev.gale.cli.work;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.gale.cli.npy.NpyInput;
import dev.gale.tasks.softmax.SoftmaxShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Softmax by rows.
 *
 * @param shape rows, cols
 * @param input the logits; null to generate them
 * @param seed of the generated input
 */
public record SoftmaxWorkload(SoftmaxShape shape, @Nullable NpyInput input, long seed)
    implements Workload {

  @Override
  @JsonIgnore
  public String operator() {
    return "softmax";
  }

  @Override
  @JsonIgnore
  public List<NpyInput> files() {
    return input == null ? List.of() : List.of(input);
  }
}
