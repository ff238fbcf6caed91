package io.overread.vlm.decoding;

/** Logarithms of the probabilities of tokens, from their logits, in double precision. */
public final class LogProbabilities {

  private final float[] logits;
  private final float most;
  private final double logSum;

  private LogProbabilities(float[] logits, float most, double logSum) {
    this.logits = logits;
    this.most = most;
    this.logSum = logSum;
  }

  /**
   * Over all the logits, which are summed up once.
   *
   * @param logits not copied
   */
  public static LogProbabilities over(float[] logits) {
    float most = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      if (logit > most) {
        most = logit;
      }
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp((double) logit - most);
    }
    return new LogProbabilities(logits, most, Math.log(sum));
  }

  /** One token's. */
  public double of(int token) {
    return (double) logits[token] - most - logSum;
  }

  /** One token's under all the logits. */
  public static double of(float[] logits, int token) {
    return over(logits).of(token);
  }

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
}
