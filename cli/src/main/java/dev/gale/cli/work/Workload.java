package dev.gale.cli.work;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.gale.cli.npy.NpyInput;
import java.util.List;

/** What is to be computed, and on what. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "operator")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AttentionWorkload.class, name = "attention"),
  @JsonSubTypes.Type(value = MatmulWorkload.class, name = "matmul"),
  @JsonSubTypes.Type(value = MultiHeadWorkload.class, name = "multihead"),
  @JsonSubTypes.Type(value = SoftmaxWorkload.class, name = "softmax")
})
public sealed interface Workload
    permits AttentionWorkload, MatmulWorkload, MultiHeadWorkload, SoftmaxWorkload {

  /** The operator's name. */
  @JsonIgnore
  String operator();

  /** The files it reads; none when its input is generated. */
  @JsonIgnore
  List<NpyInput> files();

  /** Whether any of its input is generated, from {@link #seed}. */
  @JsonIgnore
  default boolean isGenerated() {
    return files().isEmpty();
  }

  /** The seed of the input that is generated. */
  long seed();
}
