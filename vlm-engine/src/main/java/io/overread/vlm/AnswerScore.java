package io.overread.vlm;

/**
 * How the model leans on a yes/no question.
 *
 * @param question the question as asked
 * @param logProbabilityYes natural logarithm of the probability that the answer starts as a yes
 *     does
 * @param logProbabilityNo the same for a no
 */
public record AnswerScore(String question, double logProbabilityYes, double logProbabilityNo) {

  /** The natural logarithm of the odds of yes against no, uncalibrated. */
  public double logOdds() {
    return logProbabilityYes - logProbabilityNo;
  }
}
