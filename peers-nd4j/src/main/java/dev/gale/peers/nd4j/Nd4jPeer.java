package dev.gale.peers.nd4j;

import dev.gale.benchmarks.peer.Peer;
import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.tasks.attention.AttentionOptions;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.tasks.matmul.MatmulShape;
import dev.gale.tasks.softmax.SoftmaxShape;
import dev.gale.validation.cases.AttentionCase;
import dev.gale.validation.cases.MatmulCase;
import dev.gale.validation.cases.SoftmaxCase;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.factory.Nd4j;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * ND4J: {@code mmuli} into a column-major result, which is the order that it computes in; {@code softmax}; {@code
 * dot_product_attention}, which wants positions to be the last dimension, has one scale, and neither causal masks nor
 * grouped heads.
 */
public final class Nd4jPeer implements Peer {

  private static final String PROPERTIES = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";

  @Override
  public String id() {
    return "nd4j";
  }

  @Override
  public Loaded load(int threads) throws IOException {
    System.setProperty(ND4JSystemProperties.LOG_INITIALIZATION, "false");
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    return new Loaded(
        version(),
        "Environment.setMaxThreads: "
            + Nd4j.getEnvironment().maxThreads()
            + ", OMP_NUM_THREADS="
            + System.getenv().getOrDefault("OMP_NUM_THREADS", "not set"));
  }

  private static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Nd4j.class.getResourceAsStream(PROPERTIES)) {
      if (in != null) {
        properties.load(in);
      }
    }
    return properties.getProperty("version", "?");
  }

  @Override
  public PeerCall matmul(MatmulCase input) {
    MatmulShape shape = input.shape();
    INDArray a = array(input.a(), shape.m(), shape.k());
    INDArray b = array(input.b(), shape.k(), shape.n());
    INDArray c = Nd4j.create(DataType.FLOAT, new long[] {shape.m(), shape.n()}, 'f');
    return call(() -> a.mmuli(b, c), c);
  }

  @Override
  public PeerCall softmax(SoftmaxCase input) {
    SoftmaxShape shape = input.shape();
    INDArray logits = array(input.logits(), shape.rows(), shape.cols());
    INDArray probabilities = Nd4j.create(DataType.FLOAT, logits.shape(), 'c');
    SoftMax operation = new SoftMax(logits, probabilities, 1);
    return call(() -> Nd4j.exec(operation), probabilities);
  }

  @Override
  public @Nullable PeerCall attention(AttentionCase input) {
    AttentionShape shape = input.shape();
    if (!input.options().equals(AttentionOptions.of(shape)) || shape.groupSize() > 1) {
      return null;
    }
    long batch = shape.batchSize();
    long heads = shape.numHeads();
    INDArray output =
        Nd4j.create(
            DataType.FLOAT, new long[] {batch, heads, shape.headDimV(), shape.seqLenQ()}, 'c');
    CustomOp operation =
        DynamicCustomOp.builder("dot_product_attention")
            .addInputs(
                positionsLast(input.queries(), batch, heads, shape.seqLenQ(), shape.headDim()),
                positionsLast(input.keys(), batch, heads, shape.seqLenK(), shape.headDim()),
                positionsLast(input.values(), batch, heads, shape.seqLenK(), shape.headDimV()))
            .addOutputs(output)
            // Scaled by a root of headDim; without the weights as a second output.
            .addIntegerArguments(1, 0)
            .build();
    return call(() -> Nd4j.exec(operation), output.permute(0, 1, 3, 2));
  }

  private static INDArray positionsLast(FloatArray elements, long... shape) {
    return array(elements, shape).permute(0, 1, 3, 2).dup('c');
  }

  private static INDArray array(FloatArray elements, long... shape) {
    return Nd4j.create(elements.toHeapArray(), shape, 'c');
  }

  private interface Action {
    void run();
  }

  private static PeerCall call(Action action, INDArray result) {
    return new PeerCall() {
      @Override
      public void run() {
        action.run();
      }

      @Override
      public void read(FloatArray output) {
        float[] elements = result.dup('c').data().asFloat();
        for (int i = 0; i < elements.length; i++) {
          output.set(i, elements[i]);
        }
      }
    };
  }
}
