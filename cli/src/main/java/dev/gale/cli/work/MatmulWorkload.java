package dev.gale.cli.work;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.gale.cli.npy.NpyInput;
import dev.gale.tasks.matmul.MatmulShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * C[m,n] = A[m,k] B[k,n].
 *
 * @param shape m, n, k
 * @param input A and B; null to generate them
 * @param seed of the generated input
 */
public record MatmulWorkload(MatmulShape shape, @Nullable Input input, long seed)
    implements Workload {

  /** The files of A and B. */
  public record Input(NpyInput a, NpyInput b) {}

  @Override
  @JsonIgnore
  public String operator() {
    return "matmul";
  }

  @Override
  @JsonIgnore
  public List<NpyInput> files() {
    return input == null ? List.of() : List.of(input.a(), input.b());
  }
}
