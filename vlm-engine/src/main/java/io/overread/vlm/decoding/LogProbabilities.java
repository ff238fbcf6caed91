package io.overread.vlm.decoding;

/** Logarithms of probabilities from logits, in double precision. */
public final class LogProbabilities {

  private LogProbabilities() {}

  /** Logarithm of the sum of the exponentials; negative infinity of nothing. */
  public static double logSumExp(double... values) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      max = Math.max(max, value);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (double value : values) {
      sum += Math.exp(value - max);
    }
    return max + Math.log(sum);
  }

  /** The logarithm of one token's probability under all the logits. */
  public static double of(float[] logits, int token) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    return logits[token] - max - Math.log(sum);
  }
}
