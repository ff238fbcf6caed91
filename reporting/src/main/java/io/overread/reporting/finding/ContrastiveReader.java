package io.overread.reporting.finding;

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
}
