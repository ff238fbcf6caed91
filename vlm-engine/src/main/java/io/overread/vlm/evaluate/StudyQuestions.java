package io.overread.vlm.evaluate;

import io.overread.vlm.Answer;
import io.overread.vlm.AnswerScore;
import io.overread.vlm.Cancellation;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.decoding.FinishReason;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What is asked of one encoded image: each question once. */
final class StudyQuestions implements AutoCloseable {

  private static final Decoding GREEDY = Decoding.greedy(96);
  private static final Decoding REPORT = Decoding.greedy(256);

  /** Below it, the step to the first token is too much of the time. */
  private static final int TOKENS_TO_TIME = 4;

  private final VisionLanguageModel model;
  private final EncodedStudy study;
  private final StepTimes times;
  private final Map<List<String>, List<AnswerScore>> scores = new ConcurrentHashMap<>();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();

  private StudyQuestions(VisionLanguageModel model, EncodedStudy study, StepTimes times) {
    this.model = model;
    this.study = study;
    this.times = times;
  }

  static StudyQuestions of(VisionLanguageModel model, BufferedImage image, StepTimes times) {
    return of(model, List.of(image), times);
  }

  static StudyQuestions of(VisionLanguageModel model, List<BufferedImage> images, StepTimes times) {
    long start = System.nanoTime();
    EncodedStudy study = model.encode(images);
    times.encoded(System.nanoTime() - start);
    return new StudyQuestions(model, study, times);
  }

  EncodedStudy study() {
    return study;
  }

  /**
   * Scores yes/no questions together, as the product scores those of a catalogue; no scores of a
   * model that gives no log-probabilities, as a remote one may.
   */
  List<AnswerScore> score(List<String> questions) {
    return scores.computeIfAbsent(
        questions,
        asked -> {
          long start = System.nanoTime();
          List<AnswerScore> scored = scored(asked);
          times.scored(System.nanoTime() - start, asked.size());
          return scored;
        });
  }

  private List<AnswerScore> scored(List<String> asked) {
    try {
      List<AnswerScore> scored = model.score(study, asked);
      return scored.stream().allMatch(AnswerScore::hasProbabilities) ? scored : List.of();
    } catch (UnsupportedOperationException e) {
      return List.of();
    }
  }

  /** The greedy answer, of at most 96 tokens. */
  Answer answer(String question) {
    return answers.computeIfAbsent(question, asked -> write(asked, GREEDY));
  }

  /** The same of at most 256 tokens, as a report may take. */
  Answer report(String question) {
    return write(question, REPORT);
  }

  private Answer write(String question, Decoding decoding) {
    AtomicLong first = new AtomicLong();
    Answer answer =
        model.answer(
            study,
            question,
            decoding,
            piece -> first.compareAndSet(0, System.nanoTime()),
            new Cancellation());
    if (answer.tokens().size() >= TOKENS_TO_TIME && first.get() != 0) {
      int steps = answer.tokens().size() - (answer.finishReason() == FinishReason.STOP ? 0 : 1);
      times.wrote(System.nanoTime() - first.get(), steps);
    }
    return answer;
  }

  /**
   * The answer to the prompt of the report, given up as soon as it is no refusal: of a report only
   * its first words are wanted here.
   */
  Answer refusal() {
    String refusal = model.refusalText().orElse("");
    StringBuilder written = new StringBuilder();
    Cancellation cancellation = new Cancellation();
    return model.describe(
        study,
        GREEDY,
        piece -> {
          written.append(piece);
          if (!refusal.startsWith(written.toString().stripLeading())) {
            cancellation.cancel();
          }
        },
        cancellation);
  }

  @Override
  public void close() {
    study.close();
  }
}
