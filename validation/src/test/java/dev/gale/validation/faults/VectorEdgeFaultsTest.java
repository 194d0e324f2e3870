package dev.gale.validation.faults;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;

import dev.gale.tasks.attention.AttentionVariant;
import dev.gale.tasks.device.Device;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.matmul.MatmulVariant;
import dev.gale.tasks.softmax.SoftmaxVariant;
import dev.gale.tasks.testing.OnHost;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.cases.SoftmaxCase;
import dev.gale.validation.harness.Harness;
import dev.gale.validation.testing.VectorEdges;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each fault is tried on the one case that is meant to show it. */
@OnHost
class VectorEdgeFaultsTest {

  @TestFactory
  Stream<DynamicContainer> matmul(Device device, @TempDir Path folder) {
    MatmulCase piecesOfK = MatmulCase.generated(new MatmulShape(13, 33, 1100), 3);
    MatmulCase fewRows = MatmulCase.generated(new MatmulShape(7, 150, 43), 4);
    Twins twins = new Twins(folder);
    return Stream.of(
        matmul(device, twins, "pieces of k", piecesOfK, VectorEdgeFaults.PIECES_OF_K),
        matmul(device, twins, "few rows", fewRows, VectorEdgeFaults.FEW_ROWS));
  }

  @TestFactory
  Stream<DynamicContainer> softmax(Device device, @TempDir Path folder) {
    Twins twins = new Twins(folder);
    return Stream.of(
        rows(device, twins, "long rows", VectorEdges.longRows(), VectorEdgeFaults.LONG_ROWS),
        rows(
            device,
            twins,
            "rows of four vectors",
            VectorEdges.unevenRows(VectorEdges.fourVectors()),
            VectorEdgeFaults.ROWS_OF_FOUR),
        rows(
            device,
            twins,
            "rows of eight vectors",
            VectorEdges.unevenRows(2 * VectorEdges.fourVectors()),
            VectorEdgeFaults.ROWS_OF_EIGHT),
        rows(
            device,
            twins,
            "rows of many vectors",
            VectorEdges.unevenRows(600),
            VectorEdgeFaults.MANY_VECTORS));
  }

  private static DynamicContainer rows(
      Device device, Twins twins, String name, SoftmaxCase softmax, List<Fault> faults) {
    return dynamicContainer(
        "vector, " + name,
        new FaultTests<>(
                SoftmaxVariant.class,
                twins,
                List.of(softmax),
                (variant, tried) -> Harness.run(device, variant, tried, 1))
            .tests(VectorFaults.softmax(faults)));
  }

  @TestFactory
  Stream<DynamicContainer> attention(Device device, @TempDir Path folder) {
    Twins twins = new Twins(folder);
    AttentionCase rising = VectorEdges.slope(0.004);
    AttentionCase falling = VectorEdges.slope(-0.004);
    AttentionCase steep = VectorEdges.slope(0.1);
    AttentionCase acrossHeads = VectorEdges.blocksAcrossHeads(true);
    AttentionCase hiddenBlocks = VectorEdges.hiddenBlocks(Float.NaN);
    AttentionCase longHeads = VectorEdges.longHeads();
    AttentionCase decoding = VectorEdges.decoding();
    return Stream.of(
        vector(device, twins, "rising scores", rising, VectorEdgeFaults.RISING),
        vector(device, twins, "falling scores", falling, VectorEdgeFaults.FALLING),
        vector(device, twins, "steep scores", steep, VectorEdgeFaults.STEEP),
        vector(device, twins, "tiles across heads", acrossHeads, VectorEdgeFaults.ACROSS_HEADS),
        vector(device, twins, "many rows", VectorEdges.manyRows(), VectorEdgeFaults.MANY_ROWS),
        vector(device, twins, "hidden blocks", hiddenBlocks, VectorEdgeFaults.HIDDEN_BLOCKS),
        vector(device, twins, "long heads", longHeads, VectorEdgeFaults.PACKED_PIECES),
        decode(device, twins, "long heads", longHeads, VectorEdgeFaults.PIECES),
        decode(device, twins, "many keys", decoding, VectorEdgeFaults.DECODING),
        decode(device, twins, "streams", VectorEdges.streaming(), VectorEdgeFaults.STREAMING),
        decode(device, twins, "ragged", VectorEdges.raggedDecoding(), VectorEdgeFaults.RAGGED),
        decode(
            device,
            twins,
            "ragged, infinity",
            VectorEdges.raggedInfinity(),
            VectorEdgeFaults.RAGGED_INFINITY));
  }

  private static DynamicContainer matmul(
      Device device, Twins twins, String name, MatmulCase matmul, List<Fault> faults) {
    FaultTests<MatmulVariant, MatmulCase> tests =
        new FaultTests<>(
            MatmulVariant.class,
            twins,
            List.of(matmul),
            (variant, tried) -> Harness.run(device, variant, tried, 2));
    return dynamicContainer("vector, " + name, tests.tests(VectorFaults.matmul(faults)));
  }

  private static DynamicContainer vector(
      Device device, Twins twins, String name, AttentionCase attention, List<Fault> faults) {
    return on(device, twins, name, attention, VectorFaults.attention(faults));
  }

  private static DynamicContainer decode(
      Device device, Twins twins, String name, AttentionCase attention, List<Fault> faults) {
    return on(device, twins, name, attention, VectorFaults.decode(faults));
  }

  private static DynamicContainer on(
      Device device, Twins twins, String name, AttentionCase attention, Subject subject) {
    return dynamicContainer(
        subject.id() + ", " + name,
        new FaultTests<>(
                AttentionVariant.class,
                twins,
                List.of(attention),
                (variant, tried) -> Harness.run(device, variant, tried, 1))
            .tests(subject));
  }
}
