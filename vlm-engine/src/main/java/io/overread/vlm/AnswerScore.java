package io.overread.vlm;

/**
 * How the model leans on a yes/no question.
 *
 * @param question the question as asked
 * @param logProbabilityYes natural logarithm of the probability that the answer starts as a yes
 *     does
 * @param logProbabilityNo the same for a no
 * @param refusalProbability the probability that the answer starts as the model's refusal does,
 *     0..1; 0 of a model without one
 */
public record AnswerScore(
    String question, double logProbabilityYes, double logProbabilityNo, double refusalProbability) {

  /** The natural logarithm of the odds of yes against no, uncalibrated. */
  public double logOdds() {
    return logProbabilityYes - logProbabilityNo;
  }
}
