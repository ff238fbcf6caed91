package io.overread.reporting.finding;

import java.math.BigDecimal;

/**
 * A contrastive model that scores the findings beside the model that drafts.
 *
 * @param model which one
 * @param weight from 0, its scores are only shown, to 1
 */
public record ContrastiveReader(ModelIdentity model, double weight) {
  /** Refuses what is no weight. */
  public ContrastiveReader {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("Not a weight: " + weight);
    }
  }

  /** Name and version. */
  public String name() {
    return model.name() + " " + model.version();
  }

  /** How its score of a finding was had and what was made of it, in sentences. */
  public String method(ContrastiveScore score) {
    return "Scored beside it by the contrastive model "
        + name()
        + " (SHA-256 "
        + model.digest()
        + "): how much better a sentence of its presence fits the image than one of its absence. "
        + outcome(score);
  }

  private String outcome(ContrastiveScore score) {
    if (score.joined()) {
      return "The certainty is the mean of both log odds, the contrastive model weighing "
          + BigDecimal.valueOf(weight).stripTrailingZeros().toPlainString()
          + ".";
    }
    return score.probability() == null
        ? "Its score is not calibrated and has no part in the certainty."
        : "It has no part in the certainty.";
  }
}
