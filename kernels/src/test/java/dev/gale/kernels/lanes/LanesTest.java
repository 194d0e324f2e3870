package dev.gale.kernels.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.vectors.Float16;

final class LanesTest {

  private static final int LANES = 16;

  @Test
  void largerTakesEachLaneOnItsOwn() {
    Float16 a = Lanes.broadcast(1.0f);
    Float16 b = Lanes.broadcast(0.0f);
    for (int lane = 0; lane < LANES; lane += 3) {
      b.set(lane, 2.0f + lane);
    }
    Float16 c = Lanes.larger(a, b);
    for (int lane = 0; lane < LANES; lane++) {
      assertThat(c.get(lane)).isEqualTo(lane % 3 == 0 ? 2.0f + lane : 1.0f);
    }
  }

  @Test
  void largerKeepsNaN_whereItIsFirst() {
    Float16 nan = Lanes.broadcast(Float.NaN);
    Float16 one = Lanes.broadcast(1.0f);
    assertThat(Lanes.larger(nan, one).getS7()).isNaN();
    assertThat(Lanes.larger(one, nan).getS7()).isEqualTo(1.0f);
  }

  @Test
  void largestFindsEveryLane() {
    for (int lane = 0; lane < LANES; lane++) {
      Float16 x = Lanes.broadcast(-3.0f);
      x.set(lane, -1.0f);
      assertThat(Lanes.largest(x)).isEqualTo(-1.0f);
    }
  }

  @Test
  void totalAddsEveryLane() {
    Float16 x = Lanes.broadcast(0.0f);
    for (int lane = 0; lane < LANES; lane++) {
      x.set(lane, 1 << lane);
    }
    assertThat(Lanes.total(x)).isEqualTo((1 << LANES) - 1);
  }

  @Test
  void computedIsTheSame() {
    Float16 x = Lanes.broadcast(Float.NEGATIVE_INFINITY);
    x.set(3, -0x1p-149f);
    assertThat(Lanes.computed(x).getS0()).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Lanes.computed(x).getS3()).isEqualTo(-0x1p-149f);
  }
}
