package io.overread.service.question;

import io.overread.gateway.study.StudyLedger;
import io.overread.reporting.conversation.Conversation;
import io.overread.reporting.conversation.RecordedQuestion;
import io.overread.service.journey.Reading;
import io.overread.service.journey.Readings;
import io.overread.service.journey.UnreadableStudyException;
import io.overread.service.problem.Problem;
import io.overread.vlm.Answer;
import io.overread.vlm.Cancellation;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.failure.PromptTooLongException;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Puts a question to the model, between the two entries that the conversation keeps of it. */
@Component
class Asking {
  private static final int LONGEST_ANSWER = 96;

  private final VisionLanguageModel model;
  private final Readings readings;
  private final StudyLedger ledger;
  private final Conversation conversation;
  private final QuestionTurns turns;

  Asking(
      VisionLanguageModel model,
      Readings readings,
      StudyLedger ledger,
      Conversation conversation,
      QuestionTurns turns) {
    this.model = model;
    this.readings = readings;
    this.ledger = ledger;
    this.conversation = conversation;
    this.turns = turns;
  }

  QuestionView ask(String study, String username, String question, Listener listener) {
    if (ledger.find(study).isEmpty()) {
      throw Problem.notFound("There is no such study.");
    }
    RecordedQuestion asked = conversation.ask(study, username, question, model.identity().digest());
    try {
      return QuestionView.of(conversation.answer(asked.id(), answer(study, question, listener)));
    } catch (RuntimeException e) {
      conversation.answer(asked.id(), new RecordedQuestion.Given(null, null, false, "error"));
      throw problem(e);
    }
  }

  private RecordedQuestion.Given answer(String study, String question, Listener listener) {
    Answer answer =
        turns.run(
            model.answerBytes(),
            listener.cancellation(),
            () -> readings.with(study, reading -> answer(reading, question, listener)));
    return new RecordedQuestion.Given(
        answer.text(),
        answer.tokens().isEmpty() ? null : answer.meanLogProbability(),
        answer.refused(),
        answer.finishReason().name().toLowerCase(Locale.ROOT));
  }

  private Answer answer(Reading reading, String question, Listener listener) {
    return model.answer(
        reading.encoded(),
        question,
        Decoding.greedy(LONGEST_ANSWER),
        listener::token,
        listener.cancellation());
  }

  private static RuntimeException problem(RuntimeException e) {
    return switch (e) {
      case UnreadableStudyException unreadable ->
          new Problem(HttpStatus.CONFLICT, String.valueOf(unreadable.getMessage()));
      case PromptTooLongException tooLong ->
          new Problem(HttpStatus.BAD_REQUEST, "The question is too long for the model.");
      default -> e;
    };
  }

  /** Whoever waits for the answer. */
  interface Listener {
    /** The next piece of the answer. */
    default void token(String text) {}

    /** How the one who waits calls it off. */
    default Cancellation cancellation() {
      return new Cancellation();
    }
  }
}
