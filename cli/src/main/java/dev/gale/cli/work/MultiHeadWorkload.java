package dev.gale.cli.work;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.gale.cli.npy.NpyInput;
import dev.gale.models.multihead.MultiHeadOptions;
import dev.gale.models.multihead.MultiHeadShape;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head attention.
 *
 * @param shape its shape
 * @param options scale, causal, mask, biases
 * @param self whether the memory is the input
 * @param input the input; null to generate it and the memory
 * @param memory the memory; null if it is the input or generated
 * @param weights the weights, in the order wq, wk, wv, wo, and the biases that are there after them; none to generate
 *     them
 * @param mask the mask; null for none
 * @param seed of what is generated
 */
public record MultiHeadWorkload(
    MultiHeadShape shape,
    MultiHeadOptions options,
    boolean self,
    @Nullable NpyInput input,
    @Nullable NpyInput memory,
    List<NpyInput> weights,
    @Nullable NpyInput mask,
    long seed)
    implements Workload {

  @Override
  @JsonIgnore
  public String operator() {
    return "multihead";
  }

  @Override
  @JsonIgnore
  public List<NpyInput> files() {
    Stream<NpyInput> tensors =
        Stream.of(Stream.ofNullable(input), Stream.ofNullable(memory), weights.stream())
            .flatMap(files -> files);
    return Stream.concat(tensors, Stream.ofNullable(mask)).toList();
  }

  @Override
  @JsonIgnore
  public boolean isGenerated() {
    return input == null || weights.isEmpty();
  }
}
