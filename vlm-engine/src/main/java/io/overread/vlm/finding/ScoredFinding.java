package io.overread.vlm.finding;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How sure the model is that a finding is there.
 *
 * @param finding what was asked
 * @param probability calibrated, 0..1
 * @param logOdds natural logarithm of the odds of yes against no, as the model gave them
 * @param logProbabilityYes natural logarithm of the probability of a yes among all answers
 * @param logProbabilityNo the same of a no; both are low where the model would answer something
 *     else
 * @param logOddsWithoutImage the log odds of the same question without an image; null of a model
 *     that can't be asked so
 */
public record ScoredFinding(
    Finding finding,
    double probability,
    double logOdds,
    double logProbabilityYes,
    double logProbabilityNo,
    @Nullable Double logOddsWithoutImage) {

  /** How far the image moved the log odds, at least 0; empty where that isn't known. */
  public OptionalDouble imageShift() {
    return logOddsWithoutImage == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.abs(logOdds - logOddsWithoutImage));
  }

  /** The probability that the model would answer neither yes nor no, 0..1. */
  public double probabilityOfNeither() {
    return Math.clamp(1 - Math.exp(logProbabilityYes) - Math.exp(logProbabilityNo), 0, 1);
  }
}
