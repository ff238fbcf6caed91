package io.overread.service.question;

import io.overread.reporting.conversation.RecordedQuestion;
import io.overread.reporting.finding.Doubt;
import io.overread.service.region.AnswerRegions.AnswerBox;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question and its answer as the console shows it.
 *
 * @param answer the model's, or that it can't be determined where it is withheld
 * @param confidence geometric mean of the probabilities of the answer's tokens, 0 to 1
 * @param probability that the answer is right, calibrated, 0 to 1; null where nothing tells it
 * @param withheld why the answer is not given; null where it is
 * @param modelWords what the model wrote, where that is not given as the answer
 * @param regions the boxes that stood in the answer, where it is given
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
    @Nullable String finishReason,
    @Nullable Double probability,
    @Nullable Doubt withheld,
    @Nullable String modelWords,
    List<AnswerBox> regions) {

  private static final String WITHHELD = "Cannot be determined.";

  static QuestionView of(RecordedQuestion question, List<AnswerBox> regions) {
    var answered = question.answered();
    Doubt withheld = answered == null ? null : answered.given().withheld();
    Double mean = answered == null ? null : answered.given().meanLogProbability();
    return new QuestionView(
        question.id(),
        question.asked().by(),
        question.asked().at(),
        question.asked().text(),
        answered == null ? null : withheld == null ? answered.given().answer() : WITHHELD,
        answered == null ? null : answered.at(),
        answered != null && answered.given().refused(),
        mean == null ? null : Math.exp(mean),
        answered == null ? null : answered.given().finishReason(),
        answered == null ? null : answered.given().probability(),
        withheld,
        answered == null || withheld == null ? null : answered.given().answer(),
        withheld == null ? regions : List.of());
  }
}
