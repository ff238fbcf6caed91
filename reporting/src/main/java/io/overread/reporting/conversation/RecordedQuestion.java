package io.overread.reporting.conversation;

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
   */
  public record Given(
      @Nullable String answer,
      @Nullable Double meanLogProbability,
      boolean refused,
      String finishReason) {}
}
