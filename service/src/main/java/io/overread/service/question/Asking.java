package io.overread.service.question;

import io.overread.gateway.study.StudyLedger;
import io.overread.reporting.conversation.Conversation;
import io.overread.reporting.conversation.RecordedQuestion;
import io.overread.reporting.finding.Doubt;
import io.overread.service.journey.Reading;
import io.overread.service.journey.ReadingGuards;
import io.overread.service.journey.Readings;
import io.overread.service.journey.UnreadableStudyException;
import io.overread.service.problem.Problem;
import io.overread.vlm.Answer;
import io.overread.vlm.Cancellation;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.failure.PromptTooLongException;
import io.overread.vlm.guard.AnswerCheck;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Puts a question to the model, between the two entries that the conversation keeps of it. */
@Component
class Asking {
  private static final int LONGEST_ANSWER = 96;
  private static final int MOST_AT_ONCE = 2;
  private static final long LONGEST_WAIT_SECONDS = 20;

  private final VisionLanguageModel model;
  private final Readings readings;
  private final StudyLedger ledger;
  private final Conversation conversation;
  private final AnswerCheck check;
  private final ReadingGuards guards;
  private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);

  Asking(
      VisionLanguageModel model,
      Readings readings,
      StudyLedger ledger,
      Conversation conversation,
      ReadingGuards guards) {
    this.model = model;
    this.check = new AnswerCheck(model);
    this.guards = guards;
    this.readings = readings;
    this.ledger = ledger;
    this.conversation = conversation;
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
    takeTurn();
    try {
      return readings.with(
          study,
          reading -> {
            Answer answer =
                model.answer(
                    reading.encoded(),
                    question,
                    Decoding.greedy(LONGEST_ANSWER),
                    listener::token,
                    listener.cancellation());
            return given(answer, checked(reading, question, answer));
          });
    } finally {
      turns.release();
    }
  }

  /** What was called off is not judged: nobody reads it. */
  private AnswerCheck.Checked checked(Reading reading, String question, Answer answer) {
    if (answer.finishReason() == FinishReason.CANCELLED || answer.text().isBlank()) {
      return new AnswerCheck.Checked(OptionalDouble.empty(), Optional.empty());
    }
    AnswerCheck.Checked checked =
        check.check(reading.encoded(), question, answer, guards.ofWords(reading));
    return new AnswerCheck.Checked(
        checked.probability(), guards.ofImages(reading).or(checked::objection));
  }

  private static RecordedQuestion.Given given(Answer answer, AnswerCheck.Checked checked) {
    return new RecordedQuestion.Given(
        answer.text(),
        answer.tokens().isEmpty() ? null : answer.meanLogProbability(),
        answer.refused(),
        answer.finishReason().name().toLowerCase(Locale.ROOT),
        checked.probability().isPresent() ? checked.probability().getAsDouble() : null,
        checked
            .objection()
            .map(objection -> new Doubt(objection.guard().code(), objection.reason()))
            .orElse(null));
  }

  private void takeTurn() {
    try {
      if (!turns.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new Problem(
            HttpStatus.SERVICE_UNAVAILABLE, "The model is busy with other questions.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "The service is stopping.");
    }
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
