package dev.gale.validation.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.attention.AttentionVariants;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.matmul.MatmulVariants;
import dev.gale.tasks.plan.Dialect;
import dev.gale.tasks.plan.Variant;
import dev.gale.tasks.plan.VariantCatalogue;
import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.tasks.softmax.SoftmaxVariant;
import dev.gale.tasks.softmax.SoftmaxVariants;
import dev.gale.tasks.testing.OnHost;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.harness.AttentionTrials;
import dev.gale.validation.harness.MatmulTrials;
import dev.gale.validation.harness.SoftmaxTrials;
import dev.gale.validation.testing.VectorEdges;
import java.util.List;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The vector variants where their kernels have edges, and on all that is asked of every variant: run once with the
 * processor's vectors, once with shorter ones.
 */
@OnHost
class VectorContractTest {

  /**
   * m, n, k: three pieces of k, several blocks of rows, whole pieces, a single tile a block; then so few rows that B is read
   * where it lies, rows and columns of it that are left over, more columns than a block has.
   */
  private static final int[][] MATMULS = {
    {50, 33, 1025},
    {301, 70, 513},
    {12, 31, 512},
    {25, 3, 11_000},
    {8, 64, 8},
    {9, 96, 7},
    {1, 4099, 515},
    {7, 150, 43},
    {4, 9001, 6},
    {12, 1027, 2049}
  };

  /** rows, cols: round one and two panels of the widest vectors, and a row beyond the caches next to the core. */
  private static final int[][] SOFTMAXES = {{3, 16}, {3, 48}, {2, 63}, {3, 65}, {2, 70_001}};

  /** The build names a bound that {@code -XX:MaxVectorSize} has set; processors with shorter vectors are below it. */
  @Test
  void vectorsAreNotLongerThanTheBuildSays() {
    int most = Integer.getInteger("gale.vector.bits", FloatVector.SPECIES_MAX.vectorBitSize());
    assertThat(FloatVector.SPECIES_PREFERRED.vectorBitSize()).isBetween(64, most);
  }

  @TestFactory
  Stream<DynamicTest> matmulMatchesReference(Device device) {
    Stream<NamedCase<MatmulCase>> edges =
        Stream.of(MATMULS)
            .map(size -> new MatmulShape(size[0], size[1], size[2]))
            .map(shape -> new NamedCase<>(shape.toString(), MatmulCase.generated(shape, 1)));
    return new Contracts<MatmulVariant, MatmulCase, MatmulTrials>(
            (variant, first) -> new MatmulTrials(device, variant, first),
            MatmulCase::shape,
            (trials, matmul) -> trials.run(matmul, 2, run -> {}),
            MatmulTrials::close)
        .tests(
            vectors(MatmulVariants.catalogue()),
            device,
            Stream.concat(edges, MatmulCases.all().stream()).toList());
  }

  @TestFactory
  Stream<DynamicTest> softmaxMatchesReference(Device device) {
    Stream<NamedCase<SoftmaxCase>> edges =
        Stream.of(SOFTMAXES)
            .map(size -> new SoftmaxShape(size[0], size[1]))
            .map(shape -> new NamedCase<>(shape.toString(), SoftmaxCase.generated(shape, 1)));
    return new Contracts<SoftmaxVariant, SoftmaxCase, SoftmaxTrials>(
            (variant, first) -> new SoftmaxTrials(device, variant, first),
            SoftmaxCase::shape,
            (trials, softmax) -> trials.run(softmax, 2, run -> {}),
            SoftmaxTrials::close)
        .tests(
            vectors(SoftmaxVariants.catalogue()),
            device,
            Stream.of(edges, softmaxEdges(), SoftmaxCases.all().stream())
                .flatMap(cases -> cases)
                .toList());
  }

  private static Stream<NamedCase<SoftmaxCase>> softmaxEdges() {
    return Stream.of(
        new NamedCase<>("long rows", VectorEdges.longRows()),
        new NamedCase<>("rising logits", VectorEdges.slopingRows(0.002)),
        new NamedCase<>("rising logits, still near", VectorEdges.slopingRows(0.02)),
        new NamedCase<>("rising logits, too far", VectorEdges.slopingRows(0.03)),
        new NamedCase<>("steep logits", VectorEdges.slopingRows(1)),
        new NamedCase<>("falling logits", VectorEdges.slopingRows(-0.002)),
        new NamedCase<>("NaN in a long row", VectorEdges.longRowsWith(Float.NaN)),
        new NamedCase<>(
            "+infinity in a long row", VectorEdges.longRowsWith(Float.POSITIVE_INFINITY)),
        new NamedCase<>(
            "uneven rows of four vectors", VectorEdges.unevenRows(VectorEdges.fourVectors())),
        new NamedCase<>(
            "uneven rows of eight vectors", VectorEdges.unevenRows(2 * VectorEdges.fourVectors())),
        new NamedCase<>("uneven rows of many vectors", VectorEdges.unevenRows(600)),
        new NamedCase<>("uneven short rows", VectorEdges.unevenRows(5)),
        new NamedCase<>("uneven rows of no whole vectors", VectorEdges.unevenRows(75)),
        new NamedCase<>("a peak in a long row", VectorEdges.longRowsWith(1e30f)));
  }

  @TestFactory
  Stream<DynamicTest> attentionMatchesReference(Device device) {
    return new Contracts<AttentionVariant, AttentionCase, AttentionTrials>(
            (variant, first) -> new AttentionTrials(device, variant, first),
            attention -> List.of(attention.shape(), attention.options()),
            (trials, attention) -> trials.run(attention, 2, run -> {}),
            AttentionTrials::close)
        .tests(
            vectors(AttentionVariants.catalogue()),
            device,
            Stream.concat(attentionEdges(), AttentionCases.all().stream()).toList());
  }

  private static Stream<NamedCase<AttentionCase>> attentionEdges() {
    return Stream.of(
        new NamedCase<>("blocks across heads", VectorEdges.blocksAcrossHeads(false)),
        new NamedCase<>("blocks across heads, causal", VectorEdges.blocksAcrossHeads(true)),
        new NamedCase<>("blocks that see no key", VectorEdges.blocksThatSeeNoKey()),
        new NamedCase<>("most negative mask", VectorEdges.mostNegativeMask()),
        new NamedCase<>("many rows", VectorEdges.manyRows()),
        new NamedCase<>("long heads", VectorEdges.longHeads()),
        new NamedCase<>("decoding rows of no whole vectors", VectorEdges.raggedDecoding()),
        new NamedCase<>("decoding, a score of -infinity", VectorEdges.raggedInfinity()),
        new NamedCase<>("decoding", VectorEdges.decoding()),
        new NamedCase<>("decoding in streams", VectorEdges.streaming()),
        new NamedCase<>("rising scores", VectorEdges.slope(0.004)),
        new NamedCase<>("steep scores", VectorEdges.slope(0.1)),
        new NamedCase<>("falling scores", VectorEdges.slope(-0.004)),
        new NamedCase<>("hidden blocks, NaN", VectorEdges.hiddenBlocks(Float.NaN)),
        new NamedCase<>(
            "hidden blocks, infinity", VectorEdges.hiddenBlocks(Float.NEGATIVE_INFINITY)),
        new NamedCase<>("diagonal over a border", VectorEdges.diagonalOverABorder()));
  }

  private static <V extends Variant> VariantCatalogue<V> vectors(VariantCatalogue<V> catalogue) {
    return new VariantCatalogue<>(
        catalogue.operator(),
        catalogue.all().stream().filter(variant -> variant.dialect() == Dialect.VECTOR).toList());
  }
}
