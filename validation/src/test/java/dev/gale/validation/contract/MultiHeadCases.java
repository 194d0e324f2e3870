package dev.gale.validation.contract;

import dev.gale.models.multihead.MultiHeadOptions;
import dev.gale.models.multihead.MultiHeadShape;
import dev.gale.models.multihead.Projection;
import dev.gale.validation.cases.MultiHeadCase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What every composition of multi-head attention must get right. */
final class MultiHeadCases {

  private static final long SEED = 42;

  private MultiHeadCases() {}

  /** Sizes, self and cross, causal or not, biases or not, grouped queries, masks, special inputs. */
  static List<NamedCase<MultiHeadCase>> all() {
    List<NamedCase<MultiHeadCase>> cases = new ArrayList<>();
    for (int seqLen : new int[] {1, 2, 17, 33, 64}) {
      for (int numHeads : new int[] {1, 2, 4}) {
        MultiHeadShape shape =
            MultiHeadShape.self(
                seqLen == 17 ? 2 : 1, seqLen, 4 * numHeads + 8 * (seqLen % 2), numHeads);
        MultiHeadOptions plain = MultiHeadOptions.of(shape);
        cases.add(self(shape, numHeads == 2 ? plain : plain.withAllBiases()));
        cases.add(self(shape, (numHeads == 2 ? plain.withAllBiases() : plain).withCausal(true)));
      }
    }
    MultiHeadShape large = MultiHeadShape.self(1, 33, 64, 4);
    cases.add(self(large, MultiHeadOptions.of(large).withAllBiases()));
    MultiHeadShape cross = new MultiHeadShape(2, 17, 33, 24, 20, 4, 2, 6, 5);
    for (int maskHeads : new int[] {1, 4, 8}) {
      MultiHeadOptions some =
          MultiHeadOptions.of(cross).withBiases(EnumSet.of(Projection.QUERY, Projection.VALUE));
      MultiHeadOptions masked =
          some.withAttention(some.attention().withMaskHeads(maskHeads).withScale(0.3f));
      cases.add(named(MultiHeadCase.cross(cross, masked, SEED)));
    }
    cases.addAll(onOnePlan());
    return cases;
  }

  /** Cases that fit one plan, for devices that take long to compile. */
  static List<NamedCase<MultiHeadCase>> onOnePlan() {
    MultiHeadShape shape = new MultiHeadShape(2, 33, 17, 24, 20, 4, 2, 6, 5);
    MultiHeadOptions options = MultiHeadOptions.of(shape).withAllBiases().withCausal(true);
    MultiHeadCase layer = MultiHeadCase.cross(shape, options, SEED);
    return List.of(
        new NamedCase<>("queries that see no key", layer),
        new NamedCase<>("NaN that only one query sees", withNaN(layer)),
        named(layer));
  }

  /** NaN in the last token of the memory: under a causal mask only the last query of the first batch sees it. */
  private static MultiHeadCase withNaN(MultiHeadCase layer) {
    MultiHeadShape shape = layer.shape();
    FloatArray memory = new FloatArray(shape.memoryElements());
    for (int at = 0; at < memory.getSize(); at++) {
      memory.set(at, layer.memory().get(at));
    }
    memory.set(shape.seqLenK() * shape.memoryDim() - 1, Float.NaN);
    return new MultiHeadCase(
        shape, layer.options(), layer.weights(), layer.input(), memory, layer.mask());
  }

  private static NamedCase<MultiHeadCase> self(MultiHeadShape shape, MultiHeadOptions options) {
    return named(MultiHeadCase.self(shape, options, SEED));
  }

  private static NamedCase<MultiHeadCase> named(MultiHeadCase layer) {
    MultiHeadShape shape = layer.shape();
    MultiHeadOptions options = layer.options();
    return new NamedCase<>(
        "%s %d x %d/%d heads, %d x %d, model %d/%d, head %d/%d%s, maskHeads %d, biases %s"
            .formatted(
                layer.isSelf() ? "self" : "cross",
                shape.batchSize(),
                shape.numHeads(),
                shape.numKvHeads(),
                shape.seqLenQ(),
                shape.seqLenK(),
                shape.modelDim(),
                shape.memoryDim(),
                shape.headDim(),
                shape.headDimV(),
                options.attention().causal() ? ", causal" : "",
                options.attention().maskHeads(),
                options.biases()),
        layer);
  }
}
