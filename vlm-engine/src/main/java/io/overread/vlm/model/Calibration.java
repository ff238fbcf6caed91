package io.overread.vlm.model;

import java.util.Map;

/**
 * From log odds to probabilities: {@code sigmoid(scale * logOdds + bias)}.
 *
 * @param standard for questions without their own line
 * @param byQuestion by the question's exact text
 */
public record Calibration(Line standard, Map<String, Line> byQuestion) {

  /** Takes the model at its word. */
  public static final Calibration IDENTITY = new Calibration(new Line(1, 0), Map.of());

  /** Keeps its own copy. */
  public Calibration {
    byQuestion = Map.copyOf(byQuestion);
  }

  /**
   * Whether a line was fitted for this question, its own or the standard one; where none was, what
   * comes out ranks images and is no frequency.
   */
  public boolean isFittedFor(String question) {
    return byQuestion.containsKey(question) || !standard.equals(IDENTITY.standard);
  }

  /** A probability in 0..1. */
  public double probability(String question, double logOdds) {
    Line line = byQuestion.getOrDefault(question, standard);
    return 1 / (1 + Math.exp(-(line.scale() * logOdds + line.bias())));
  }

  /** One fitted line; both numbers finite. */
  public record Line(double scale, double bias) {
    /** Refuses what is no number. */
    public Line {
      if (!Double.isFinite(scale) || !Double.isFinite(bias)) {
        throw new IllegalArgumentException("scale and bias must be finite");
      }
    }
  }
}
