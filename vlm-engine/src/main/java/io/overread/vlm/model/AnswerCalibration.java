package io.overread.vlm.model;

/**
 * From how an answer was written to the probability that it is right: {@code sigmoid(bias + mean *
 * mean log-probability + variance * variance + shift * shift)}, the three of the answer's tokens.
 *
 * @param threshold answers below it are not to be given, 0..1
 */
public record AnswerCalibration(
    double bias, double mean, double variance, double shift, double threshold) {

  /** Refuses what is no number. */
  public AnswerCalibration {
    if (!Double.isFinite(bias + mean + variance + shift)) {
      throw new IllegalArgumentException("weights must be finite");
    }
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold must lie in 0..1");
    }
  }

  static AnswerCalibration of(ModelJson json) {
    try {
      return new AnswerCalibration(
          number(json, "bias"),
          number(json, "mean_log_probability"),
          number(json, "variance"),
          number(json, "image_shift"),
          number(json, "threshold"));
    } catch (IllegalArgumentException e) {
      throw json.malformed("threshold", String.valueOf(e.getMessage()));
    }
  }

  private static double number(ModelJson json, String name) {
    return json.decimal(name).orElseThrow(() -> json.malformed(name, "missing"));
  }

  /** The probability that the answer is right, 0..1. */
  public double probability(double meanLogProbability, double logVariance, double imageShift) {
    double logit = bias + mean * meanLogProbability + variance * logVariance + shift * imageShift;
    return 1 / (1 + Math.exp(-logit));
  }
}
