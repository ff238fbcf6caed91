package io.overread.vlm.evaluate;

import io.overread.vlm.evaluate.published.AskedQuestion;

/** A question with its reply. */
record Answered(AskedQuestion asked, Condition condition, Reply reply) implements Judged {

  private static final double HALF = 0.5;

  /** How right the reply is, 0..1; NaN of a report. */
  double right() {
    return AnswerJudge.right(asked, reply.text());
  }

  @Override
  public String group() {
    return asked.origin().group();
  }

  /** Of yes. */
  @Override
  public double probability() {
    Double probability = reply.probability();
    return probability == null ? Double.NaN : probability;
  }

  /** Whether yes is the truth. */
  @Override
  public boolean isTrue() {
    return asked.truth().answers().getFirst().strip().equalsIgnoreCase(Prediction.YES);
  }

  /** How sure the model is of its words, 0..1; NaN of one that does not say. */
  double confidence() {
    Double confidence = reply.confidence();
    return confidence == null ? Double.NaN : confidence;
  }

  /** The same seen as: is the reply right? */
  Judged asConfident() {
    double confidence = confidence();
    boolean right = right() >= HALF;
    String group = group();
    return new Judged() {
      @Override
      public String group() {
        return group;
      }

      @Override
      public double probability() {
        return confidence;
      }

      @Override
      public boolean isTrue() {
        return right;
      }
    };
  }
}
