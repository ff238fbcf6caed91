package io.overread.vlm.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogisticFitTest {

  @Test
  void it_finds_the_weights_that_the_answers_were_drawn_with() {
    SplittableRandom random = new SplittableRandom(3);
    double[][] rows = new double[4000][];
    boolean[] truths = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {random.nextDouble(-2, 2), random.nextDouble(-2, 2)};
      double logit = 0.5 + 1.5 * rows[i][0] - rows[i][1];
      truths[i] = random.nextDouble() < 1 / (1 + Math.exp(-logit));
    }
    LogisticFit fit = LogisticFit.of(rows, truths);
    assertThat(fit.bias()).isCloseTo(0.5, within(0.2));
    assertThat(fit.weights()[0]).isCloseTo(1.5, within(0.2));
    assertThat(fit.weights()[1]).isCloseTo(-1.0, within(0.2));
  }

  @Test
  void what_parts_the_rows_without_error_does_not_run_away() {
    LogisticFit fit =
        LogisticFit.of(
            new double[][] {{-1}, {-2}, {1}, {2}}, new boolean[] {false, false, true, true});
    assertThat(fit.weights()[0]).isBetween(0.1, 10.0);
  }
}
