package io.overread.reporting.conversation;

import io.overread.reporting.finding.Doubt;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question about a study.
 *
 * @param id its key
 * @param studyInstanceUid the study
 * @param asked who asked what, and when
 * @param modelDigest the model that was asked
 * @param answered what came of it; null while the model answers, or when the service stopped then
 */
public record RecordedQuestion(
    UUID id,
    String studyInstanceUid,
    Asked asked,
    String modelDigest,
    @Nullable Answered answered) {

  /**
   * The question.
   *
   * @param by the user name
   * @param at when
   * @param text the question
   */
  public record Asked(String by, Instant at, String text) {}

  /**
   * The end of a question.
   *
   * @param at when
   * @param given what the model gave
   */
  public record Answered(Instant at, Given given) {}

  /**
   * What the model gave.
   *
   * @param answer its words; null when it failed or gave none
   * @param meanLogProbability mean natural logarithm of the probabilities of its tokens, at most 0
   * @param refused whether it would not answer
   * @param finishReason why it stopped, such as "stop", "length", "cancelled" or "error"
   * @param probability that the answer is right, 0 to 1; null where nothing tells it
   * @param withheld why the answer is not to be given; null where it is
   */
  public record Given(
      @Nullable String answer,
      @Nullable Double meanLogProbability,
      boolean refused,
      String finishReason,
      @Nullable Double probability,
      @Nullable Doubt withheld) {

    /** Of which nothing more is known. */
    public Given(
        @Nullable String answer,
        @Nullable Double meanLogProbability,
        boolean refused,
        String finishReason) {
      this(answer, meanLogProbability, refused, finishReason, null, null);
    }
  }
}
