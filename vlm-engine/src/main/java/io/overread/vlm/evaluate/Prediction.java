package io.overread.vlm.evaluate;

import io.overread.vlm.finding.FindingRegion.Box;
import io.overread.vlm.finding.FindingRegion.Point;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer beside what is true: all that the figures are computed from.
 *
 * @param subject the image
 * @param task what was asked for
 * @param finding id of the catalogue's finding that it is about, if it is about one
 * @param question the words put to the model; null where it was not asked in words
 * @param type the question's type as its source states it, or the kind of a generated image
 * @param truth what the source states: yes, no or a text
 * @param outcome what the model gave
 */
record Prediction(
    Subject subject,
    Task task,
    @Nullable String finding,
    @Nullable String question,
    String type,
    String truth,
    Outcome outcome)
    implements Judged {

  static final String YES = "yes";
  static final String NO = "no";

  @Override
  public String group() {
    return subject.group();
  }

  /** Whether yes is the truth. */
  @Override
  public boolean isTrue() {
    return truth.equalsIgnoreCase(YES);
  }

  /** Whether the truth is a yes or a no. */
  boolean isYesOrNo() {
    return truth.equalsIgnoreCase(YES) || truth.equalsIgnoreCase(NO);
  }

  /** The probability of yes, NaN where none was asked for. */
  @Override
  public double probability() {
    Double probability = outcome.probability();
    return probability == null ? Double.NaN : probability;
  }

  /** The model's text, empty where it was asked for none. */
  String answer() {
    String answer = outcome.answer();
    return answer == null ? "" : answer;
  }

  /** Whether a probability of one half or more meets a yes, and a lower one a no. */
  boolean isRightAtHalf() {
    return (probability() >= 0.5) == isTrue();
  }

  /**
   * What the model gave.
   *
   * @param answer its text; yes or no, by a probability of one half, where none was written
   * @param probability of yes, calibrated, 0..1
   * @param logOdds of yes against no, before calibration
   * @param refusal the probability that the answer starts as its refusal does, 0..1; 1 or 0 of an
   *     engine that tells none
   * @param abstained whether it refused: its text is its refusal, or that is likelier than yes and
   *     than no
   * @param point where it sees the finding
   * @param boxes where the finding is
   */
  record Outcome(
      @Nullable String answer,
      @Nullable Double probability,
      @Nullable Double logOdds,
      double refusal,
      boolean abstained,
      @Nullable Point point,
      List<Box> boxes) {

    Outcome {
      boxes = List.copyOf(boxes);
    }
  }
}
