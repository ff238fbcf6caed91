package io.overread.vlm.contrastive;

import io.overread.vlm.finding.ScoredFinding;

/**
 * A finding as the generator sees it and a contrastive model beside it.
 *
 * @param alone what the generator says
 * @param contrastive what the contrastive model says
 * @param joined whether both make the probability; otherwise it is the generator's own
 * @param scored what comes of it
 */
public record BesideFinding(
    ScoredFinding alone, ZeroShotFinding contrastive, boolean joined, ScoredFinding scored) {

  /**
   * The mean of both log odds, the contrastive model weighing so much, where both have calibrated
   * probabilities. A score that was never calibrated would make one that was into a number that
   * only looks like a probability: then the generator's stands.
   *
   * @param weight of the contrastive model, 0 (leave the generator's) to 1
   * @param generatorCalibrated whether the generator's probability is calibrated
   */
  static BesideFinding of(
      ScoredFinding alone, ZeroShotFinding other, double weight, boolean generatorCalibrated) {
    boolean joined =
        weight > 0 && alone.hasProbability() && generatorCalibrated && other.calibrated();
    if (!joined) {
      return new BesideFinding(alone, other, false, alone);
    }
    double odds =
        (1 - weight) * logOdds(alone.probability()) + weight * logOdds(other.probability());
    return new BesideFinding(alone, other, true, alone.withProbability(1 / (1 + Math.exp(-odds))));
  }

  /** Bounded, so that one certain model can't outweigh any doubt of the other. */
  private static double logOdds(double probability) {
    double bounded = Math.clamp(probability, 0.001, 0.999);
    return Math.log(bounded / (1 - bounded));
  }
}
