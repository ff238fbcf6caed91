package io.overread.service.question;

import io.overread.gateway.study.StudyLedger;
import io.overread.reporting.conversation.Conversation;
import io.overread.reporting.conversation.RecordedQuestion;
import io.overread.service.journey.Readings;
import io.overread.service.journey.UnreadableStudyException;
import io.overread.service.model.Models;
import io.overread.service.problem.Problem;
import io.overread.vlm.Answer;
import io.overread.vlm.Cancellation;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.failure.PromptTooLongException;
import io.overread.vlm.failure.RemoteEngineException;
import java.util.Locale;
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

  private final Models models;
  private final Readings readings;
  private final StudyLedger ledger;
  private final Conversation conversation;
  private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);

  Asking(Models models, Readings readings, StudyLedger ledger, Conversation conversation) {
    this.models = models;
    this.readings = readings;
    this.ledger = ledger;
    this.conversation = conversation;
  }

  QuestionView ask(String study, String username, String question, Listener listener) {
    if (ledger.find(study).isEmpty()) {
      throw Problem.notFound("There is no such study.");
    }
    RecordedQuestion asked = conversation.ask(study, username, question, digest(study));
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
      Answer answer =
          readings.with(
              study,
              reading ->
                  reading
                      .model()
                      .answer(
                          reading.encoded(),
                          question,
                          Decoding.greedy(LONGEST_ANSWER),
                          listener::token,
                          listener.cancellation()));
      return new RecordedQuestion.Given(
          answer.text(),
          answer.meanLogProbability().isEmpty() ? null : answer.meanLogProbability().getAsDouble(),
          answer.refused(),
          answer.finishReason().name().toLowerCase(Locale.ROOT));
    } finally {
      turns.release();
    }
  }

  /** Of the model that is going to answer. */
  private String digest(String study) {
    return switch (models.forStudy(study)) {
      case Models.Chosen(VisionLanguageModel model) -> model.identity().digest();
      case Models.NotLoaded(String name) ->
          throw new Problem(
              HttpStatus.CONFLICT,
              "A rule asks for the model '" + name + "', which is not loaded.");
    };
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
      case RemoteEngineException remote ->
          new Problem(
              HttpStatus.SERVICE_UNAVAILABLE,
              "The model can't answer now: " + remote.getMessage() + ".");
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
