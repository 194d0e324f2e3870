package dev.gale.cli.work;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.gale.cli.npy.NpyInput;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Attention.
 *
 * @param shape its shape
 * @param options scale, causal, mask
 * @param input queries, keys and values; null to generate them
 * @param mask the mask; null for none
 * @param weights whether the attention probabilities are wanted as well
 * @param seed of the generated input
 */
public record AttentionWorkload(
    AttentionShape shape,
    AttentionOptions options,
    @Nullable Input input,
    @Nullable NpyInput mask,
    boolean weights,
    long seed)
    implements Workload {

  /** The files of queries, keys and values. */
  public record Input(NpyInput queries, NpyInput keys, NpyInput values) {}

  @Override
  @JsonIgnore
  public String operator() {
    return "attention";
  }

  @Override
  @JsonIgnore
  public List<NpyInput> files() {
    Stream<NpyInput> tensors =
        input == null ? Stream.of() : Stream.of(input.queries(), input.keys(), input.values());
    return Stream.concat(tensors, Stream.ofNullable(mask)).toList();
  }
}
