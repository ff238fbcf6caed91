package io.overread.vlm.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenSamplerTest {

  private static final float[] LOGITS = logs(0.1, 0.4, 0.2, 0.3);

  @Test
  void a_temperature_of_0_takes_the_most_probable_and_of_equals_the_first() {
    assertThat(sampler(0, 0, 1).choose(LOGITS)).isEqualTo(1);
    assertThat(sampler(0, 0, 1).choose(new float[] {1, 2, 2})).isEqualTo(1);
  }

  @Test
  void draws_follow_the_probabilities() {
    double[] shares = shares(sampler(1, 0, 1));
    assertThat(shares[0]).isCloseTo(0.1, within(0.02));
    assertThat(shares[1]).isCloseTo(0.4, within(0.02));
    assertThat(shares[2]).isCloseTo(0.2, within(0.02));
    assertThat(shares[3]).isCloseTo(0.3, within(0.02));
  }

  @Test
  void a_low_temperature_favours_the_probable() {
    // 0.4^2 of 0.1^2 + 0.4^2 + 0.2^2 + 0.3^2
    assertThat(shares(sampler(0.5, 0, 1))[1]).isCloseTo(0.16 / 0.30, within(0.02));
  }

  @Test
  void top_k_keeps_the_k_most_probable() {
    double[] shares = shares(sampler(1, 2, 1));
    assertThat(shares[0] + shares[2]).isZero();
    assertThat(shares[1]).isCloseTo(4.0 / 7, within(0.02));
  }

  @Test
  void top_p_keeps_the_fewest_that_reach_the_sum() {
    double[] shares = shares(sampler(1, 0, 0.75));
    assertThat(shares[0]).isZero();
    assertThat(shares[1]).isCloseTo(4.0 / 9, within(0.02));
    assertThat(shares(sampler(1, 0, 0.01))[1]).isEqualTo(1);
  }

  @Test
  void what_is_no_distribution_is_refused() {
    assertThatThrownBy(() -> new Decoding(1, Double.NaN, 0, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Decoding(1, 1, -1, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Decoding(1, 1, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Decoding(0, 1, 0, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void log_probabilities_sum_to_one_whatever_the_logits_offset() {
    float[] shifted = new float[LOGITS.length];
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] = LOGITS[i] + 1000;
    }
    assertThat(LogProbabilities.of(shifted, 1)).isCloseTo(Math.log(0.4), within(1e-4));
    assertThat(LogProbabilities.logSumExp(Math.log(0.25), Math.log(0.5)))
        .isCloseTo(Math.log(0.75), within(1e-12));
    assertThat(LogProbabilities.logSumExp(Double.NEGATIVE_INFINITY))
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  private static TokenSampler sampler(double temperature, int topK, double topP) {
    return new TokenSampler(new Decoding(1, temperature, topK, topP, 0), new SplittableRandom(42));
  }

  private static double[] shares(TokenSampler sampler) {
    double[] shares = new double[LOGITS.length];
    IntStream.range(0, 10_000).forEach(i -> shares[sampler.choose(LOGITS)] += 1e-4);
    if (shares[1] > 0.9999) {
      shares[1] = 1; // what summing rounds away
    }
    return shares;
  }

  private static float[] logs(double... probabilities) {
    float[] logs = new float[probabilities.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) Math.log(probabilities[i]);
    }
    return logs;
  }
}
