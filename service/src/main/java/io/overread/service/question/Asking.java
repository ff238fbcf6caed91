package io.overread.service.question;

import io.overread.gateway.study.StudyLedger;
import io.overread.reporting.conversation.Conversation;
import io.overread.reporting.conversation.RecordedQuestion;
import io.overread.service.journey.Reading;
import io.overread.service.journey.ReadingGuards;
import io.overread.service.journey.Readings;
import io.overread.service.journey.UnreadableStudyException;
import io.overread.service.model.Models;
import io.overread.service.problem.Problem;
import io.overread.service.region.AnswerRegions;
import io.overread.service.region.AnswerRegions.AnswerBox;
import io.overread.vlm.Answer;
import io.overread.vlm.Cancellation;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.failure.PromptTooLongException;
import io.overread.vlm.failure.RemoteEngineException;
import io.overread.vlm.guard.AnswerCheck;
import io.overread.vlm.region.RegionText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Puts a question to the model, between the two entries that the conversation keeps of it. */
@Component
class Asking {
  private static final int LONGEST_ANSWER = 96;

  /** Of an answer that is boxes and nothing else. */
  private static final String OUTLINED = "Outlined on the image.";

  private final Models models;
  private final Readings readings;
  private final StudyLedger ledger;
  private final Conversation conversation;
  private final AnswerRegions regions;
  private final QuestionTurns turns;
  private final ReadingGuards guards = new ReadingGuards();

  Asking(
      Models models,
      Readings readings,
      StudyLedger ledger,
      Conversation conversation,
      AnswerRegions regions,
      QuestionTurns turns) {
    this.models = models;
    this.readings = readings;
    this.ledger = ledger;
    this.conversation = conversation;
    this.regions = regions;
    this.turns = turns;
  }

  QuestionView ask(String study, String username, String question, Listener listener) {
    if (ledger.find(study).isEmpty()) {
      throw Problem.notFound("There is no such study.");
    }
    // Once: what is recorded and what answers is the same model, whatever rules do meanwhile.
    VisionLanguageModel model = chosen(study);
    RecordedQuestion asked = conversation.ask(study, username, question, model.identity().digest());
    try {
      Given given = answer(study, model, question, listener);
      regions.keep(asked.id(), given.boxes());
      return QuestionView.of(conversation.answer(asked.id(), given.words()), given.boxes());
    } catch (RuntimeException e) {
      conversation.answer(asked.id(), new RecordedQuestion.Given(null, null, false, "error"));
      throw problem(e);
    }
  }

  private Given answer(
      String study, VisionLanguageModel model, String question, Listener listener) {
    return turns.run(
        model.answerBytes(),
        listener.cancellation(),
        () -> readings.with(study, model, reading -> answer(reading, question, listener)));
  }

  private Given answer(Reading reading, String question, Listener listener) {
    Answer written =
        reading
            .model()
            .answer(
                reading.encoded(),
                question,
                Decoding.greedy(LONGEST_ANSWER),
                listener::token,
                listener.cancellation());
    RegionText read = reading.model().regions(reading.encoded(), question, written);
    List<AnswerBox> boxes = AnswerBoxes.of(read.regions(), reading.sources().getFirst());
    Answer answer =
        written.withText(read.text().isBlank() && !boxes.isEmpty() ? OUTLINED : read.text());
    return new Given(given(answer, checked(reading, question, answer)), boxes);
  }

  /** What was called off is not judged: nobody reads it. */
  private AnswerCheck.Checked checked(Reading reading, String question, Answer answer) {
    if (answer.finishReason() == FinishReason.CANCELLED || answer.text().isBlank()) {
      return new AnswerCheck.Checked(OptionalDouble.empty(), Optional.empty());
    }
    AnswerCheck.Checked checked =
        new AnswerCheck(reading.model())
            .check(reading.encoded(), question, answer, guards.ofWords(reading));
    return new AnswerCheck.Checked(
        checked.probability(),
        guards
            .ofImages(reading)
            .or(() -> guards.ofQuestion(reading, question))
            .or(checked::objection));
  }

  private static RecordedQuestion.Given given(Answer answer, AnswerCheck.Checked checked) {
    return new RecordedQuestion.Given(
        answer.text(),
        answer.meanLogProbability().isEmpty() ? null : answer.meanLogProbability().getAsDouble(),
        answer.refused(),
        answer.finishReason().name().toLowerCase(Locale.ROOT),
        checked.probability().isPresent() ? checked.probability().getAsDouble() : null,
        checked.objection().map(ReadingGuards::doubt).orElse(null));
  }

  /** The model that is going to answer. */
  private VisionLanguageModel chosen(String study) {
    return switch (models.forStudy(study)) {
      case Models.Chosen(VisionLanguageModel model) -> model;
      case Models.NotLoaded none -> throw new Problem(HttpStatus.CONFLICT, none.reason());
    };
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

  /** An answer's words, and the boxes that stood in it. */
  private record Given(RecordedQuestion.Given words, List<AnswerBox> boxes) {}

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
