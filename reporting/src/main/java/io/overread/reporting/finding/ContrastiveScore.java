package io.overread.reporting.finding;

import org.jspecify.annotations.Nullable;

/**
 * What a contrastive model beside the one that drafts says of a finding.
 *
 * @param alone the probability by the model that drafts alone; null where it gives none
 * @param logOdds how much better the sentence of its presence fits the image than that of its
 *     absence, as the contrastive model gave it
 * @param probability the same as a calibrated probability; null where the model was not calibrated
 *     for this finding
 * @param joined whether both make the finding's probability; otherwise it is {@code alone}
 */
public record ContrastiveScore(
    @Nullable Double alone, double logOdds, @Nullable Double probability, boolean joined) {
  /** Refuses to join what is not calibrated. */
  public ContrastiveScore {
    if (joined && (alone == null || probability == null)) {
      throw new IllegalArgumentException("Only two calibrated probabilities make one");
    }
  }
}
