package io.overread.vlm.evaluate;

import io.overread.vlm.Answer;
import io.overread.vlm.AnswerScore;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.evaluate.published.AskedQuestion;
import io.overread.vlm.evaluate.published.Truth.Rule;
import io.overread.vlm.failure.PromptTooLongException;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the questions of an image, and keeps the replies. Safe for many threads. */
final class QuestionReading implements AutoCloseable {

  private static final int BLACK_EDGE = 384;

  private final VisionLanguageModel model;
  private final QuestionSettings settings;
  private final ImageFiles files;
  private final StepTimes times;
  private final StudyQuestions black;

  QuestionReading(VisionLanguageModel model, QuestionSettings settings, StepTimes times) {
    this.model = model;
    this.settings = settings;
    this.files = new ImageFiles(settings.base().data());
    this.times = times;
    this.black =
        StudyQuestions.of(
            model,
            new BufferedImage(BLACK_EDGE, BLACK_EDGE, BufferedImage.TYPE_BYTE_GRAY),
            new StepTimes());
  }

  /**
   * Reads the images that some questions share.
   *
   * @param own at least one question, all of the same images
   * @param strange questions of other images, asked of these for comparison
   */
  List<Answered> read(List<AskedQuestion> own, List<AskedQuestion> strange) {
    List<Path> images = own.getFirst().images();
    List<BufferedImage> shown =
        images.subList(0, Math.min(images.size(), model.imageBudget())).stream()
            .map(files::read)
            .toList();
    List<Answered> answered = new ArrayList<>();
    try (StudyQuestions questions = StudyQuestions.of(model, shown, times)) {
      own.forEach(asked -> answered.add(ask(asked, Condition.SEEN, questions)));
      if (settings.baselines()) {
        own.forEach(asked -> answered.add(ask(asked, Condition.BLANK, black)));
        strange.forEach(asked -> answered.add(ask(asked, Condition.SHUFFLED, questions)));
      }
    }
    return answered;
  }

  private Answered ask(AskedQuestion asked, Condition condition, StudyQuestions questions) {
    try {
      return new Answered(asked, condition, reply(asked, questions));
    } catch (PromptTooLongException e) {
      return new Answered(asked, condition, Reply.NONE);
    }
  }

  private Reply reply(AskedQuestion asked, StudyQuestions questions) {
    String words =
        settings.instruction().isEmpty()
            ? asked.words()
            : asked.words() + "\n" + settings.instruction();
    boolean report = asked.truth().rule() == Rule.REPORT;
    Answer answer = report ? questions.report(words) : questions.answer(words);
    return new Reply(
        answer.text(),
        answer.meanLogProbability().isEmpty()
            ? null
            : Double.valueOf(Math.exp(answer.meanLogProbability().getAsDouble())),
        asked.truth().isYesOrNo() ? probability(words, questions) : null,
        answer.refused());
  }

  private @Nullable Double probability(String words, StudyQuestions questions) {
    List<AnswerScore> scores = questions.score(List.of(words));
    return scores.isEmpty() || !scores.getFirst().hasProbabilities()
        ? null
        : Double.valueOf(model.calibration().probability(words, scores.getFirst().logOdds()));
  }

  @Override
  public void close() {
    black.close();
  }
}
