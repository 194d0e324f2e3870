package dev.gale.benchmarks.peer;

import dev.gale.validation.cases.MatmulCase;
import org.apache.commons.math3.linear.BlockRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Apache Commons Math: {@link BlockRealMatrix#multiply}, in double precision, on one thread whatever is asked for. */
public final class CommonsMathPeer implements Peer {

  @Override
  public String id() {
    return "commons-math";
  }

  @Override
  public Loaded load(int threads) {
    String version = RealMatrix.class.getPackage().getImplementationVersion();
    return new Loaded(version == null ? "3" : version, "1 thread: it has no others");
  }

  @Override
  public PeerCall matmul(MatmulCase input) {
    BlockRealMatrix a = matrix(input.a(), input.shape().m(), input.shape().k());
    BlockRealMatrix b = matrix(input.b(), input.shape().k(), input.shape().n());
    return new PeerCall() {
      private BlockRealMatrix c = new BlockRealMatrix(1, 1);

      @Override
      public void run() {
        c = a.multiply(b);
      }

      @Override
      public void read(FloatArray output) {
        int cols = c.getColumnDimension();
        for (int i = 0; i < output.getSize(); i++) {
          output.set(i, (float) c.getEntry(i / cols, i % cols));
        }
      }
    };
  }

  private static BlockRealMatrix matrix(FloatArray elements, int rows, int cols) {
    double[][] data = new double[rows][cols];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        data[i][j] = elements.get(i * cols + j);
      }
    }
    return new BlockRealMatrix(data);
  }
}
