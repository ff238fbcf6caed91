package io.overread.service.question;

import io.overread.reporting.conversation.RecordedQuestion;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question and its answer as the console shows it.
 *
 * @param confidence geometric mean of the probabilities of the answer's tokens, 0 to 1
 */
record QuestionView(
    UUID id,
    String askedBy,
    Instant askedAt,
    String question,
    @Nullable String answer,
    @Nullable Instant answeredAt,
    boolean refused,
    @Nullable Double confidence,
    @Nullable String finishReason) {

  static QuestionView of(RecordedQuestion question) {
    var answered = question.answered();
    Double mean = answered == null ? null : answered.given().meanLogProbability();
    return new QuestionView(
        question.id(),
        question.asked().by(),
        question.asked().at(),
        question.asked().text(),
        answered == null ? null : answered.given().answer(),
        answered == null ? null : answered.at(),
        answered != null && answered.given().refused(),
        mean == null ? null : Math.exp(mean),
        answered == null ? null : answered.given().finishReason());
  }
}
