package io.overread.vlm.finding;

import io.overread.vlm.AnswerScore;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How sure the model is that a finding is there. An engine that gives no probabilities gives its
 * choice alone; then reading a probability throws {@link IllegalStateException}.
 *
 * @param finding what was asked
 * @param probability calibrated, 0..1
 * @param logOdds natural logarithm of the odds of yes against no, as the model gave them
 * @param logProbabilityYes natural logarithm of the probability of a yes among all answers
 * @param logProbabilityNo the same of a no; both are low where the model would answer something
 *     else
 * @param choice what the model says
 * @param logOddsWithoutImage the log odds of the same question without an image; null of a model
 *     that can't be asked so
 */
public record ScoredFinding(
    Finding finding,
    double probability,
    double logOdds,
    double logProbabilityYes,
    double logProbabilityNo,
    AnswerScore.Choice choice,
    @Nullable Double logOddsWithoutImage) {

  /** How far the image moved the log odds, at least 0; empty where that isn't known. */
  public OptionalDouble imageShift() {
    return logOddsWithoutImage == null || !hasProbability()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.abs(logOdds - logOddsWithoutImage));
  }

  /** With probabilities; the choice is the more probable one. */
  public ScoredFinding(
      Finding finding,
      double probability,
      double logOdds,
      double logProbabilityYes,
      double logProbabilityNo) {
    this(
        finding,
        probability,
        logOdds,
        logProbabilityYes,
        logProbabilityNo,
        logOdds >= 0 ? AnswerScore.Choice.YES : AnswerScore.Choice.NO,
        null);
  }

  /** Of an engine that gives no probabilities. */
  public static ScoredFinding withoutProbability(Finding finding, AnswerScore.Choice choice) {
    return new ScoredFinding(finding, Double.NaN, Double.NaN, Double.NaN, Double.NaN, choice, null);
  }

  /** The same with a probability that others had a part in; what this model said stays. */
  public ScoredFinding withProbability(double other) {
    return new ScoredFinding(
        finding, other, logOdds, logProbabilityYes, logProbabilityNo, choice, logOddsWithoutImage);
  }

  /** Whether the engine gave probabilities. */
  public boolean hasProbability() {
    return !Double.isNaN(probability);
  }

  @Override
  public double probability() {
    return available(probability);
  }

  @Override
  public double logOdds() {
    return available(logOdds);
  }

  @Override
  public double logProbabilityYes() {
    return available(logProbabilityYes);
  }

  @Override
  public double logProbabilityNo() {
    return available(logProbabilityNo);
  }

  /** The probability that the model would answer neither yes nor no, 0..1. */
  public double probabilityOfNeither() {
    return Math.clamp(1 - Math.exp(logProbabilityYes()) - Math.exp(logProbabilityNo()), 0, 1);
  }

  private double available(double value) {
    if (!hasProbability()) {
      throw new IllegalStateException("the engine gave no probabilities");
    }
    return value;
  }
}
