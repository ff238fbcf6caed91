package io.overread.vlm;

/**
 * How the model leans on a yes/no question. An engine that gives no probabilities gives its choice
 * alone; then reading a probability throws {@link IllegalStateException}, so that none is made up
 * by accident.
 *
 * @param question the question as asked
 * @param choice what the model says
 * @param logProbabilityYes natural logarithm of the probability that the answer starts as a yes
 *     does
 * @param logProbabilityNo the same for a no
 * @param refusalProbability the probability that the answer starts as the model's refusal does,
 *     0..1; 0 of a model without one
 */
public record AnswerScore(
    String question,
    Choice choice,
    double logProbabilityYes,
    double logProbabilityNo,
    double refusalProbability) {

  private static final double UNAVAILABLE = Double.NaN;

  /** What a model says to a yes/no question. */
  public enum Choice {
    YES,
    NO,
    /** It cannot tell, or says something else. */
    NEITHER
  }

  /** With probabilities; the choice is the more probable one. */
  public AnswerScore(
      String question,
      double logProbabilityYes,
      double logProbabilityNo,
      double refusalProbability) {
    this(
        question,
        logProbabilityYes >= logProbabilityNo ? Choice.YES : Choice.NO,
        logProbabilityYes,
        logProbabilityNo,
        refusalProbability);
  }

  /** Of an engine that gives no probabilities. */
  public static AnswerScore withoutProbabilities(String question, Choice choice) {
    return new AnswerScore(question, choice, UNAVAILABLE, UNAVAILABLE, UNAVAILABLE);
  }

  /** Whether the engine gave probabilities. */
  public boolean hasProbabilities() {
    return !Double.isNaN(logProbabilityYes);
  }

  @Override
  public double logProbabilityYes() {
    return available(logProbabilityYes);
  }

  @Override
  public double logProbabilityNo() {
    return available(logProbabilityNo);
  }

  @Override
  public double refusalProbability() {
    return available(refusalProbability);
  }

  /** The natural logarithm of the odds of yes against no, uncalibrated. */
  public double logOdds() {
    return logProbabilityYes() - logProbabilityNo();
  }

  private double available(double value) {
    if (!hasProbabilities()) {
      throw new IllegalStateException("the engine gave no probabilities");
    }
    return value;
  }
}
