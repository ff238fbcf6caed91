package io.overread.vlm.evaluate;

import io.overread.vlm.Answer;
import io.overread.vlm.AnswerScore;
import io.overread.vlm.ImageDependence;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.finding.Finding;
import io.overread.vlm.finding.FindingCatalogues;
import io.overread.vlm.finding.FindingStatements;
import io.overread.vlm.guard.ContradictionGuard;
import io.overread.vlm.guard.ImageGuard;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads images as the product does, and keeps what its guards look at. Safe for many threads. */
final class GuardReading implements AutoCloseable {

  /** As the service decides it, from its calibrated probability. */
  static final double PRESENT_FROM = 0.6;

  static final double ABSENT_BELOW = 0.15;

  private static final int BLACK_EDGE = 320;

  private final VisionLanguageModel model;
  private final StatedFindings stated = new StatedFindings(FindingCatalogues.shipped());
  private final ImageGuard images = new ImageGuard();
  private final StudyQuestions black;

  /** The last report of each source: a text that is not of the image at hand. */
  private final Map<String, String> reports = new ConcurrentHashMap<>();

  GuardReading(VisionLanguageModel model) {
    this.model = model;
    this.black =
        StudyQuestions.of(
            model,
            new BufferedImage(BLACK_EDGE, BLACK_EDGE, BufferedImage.TYPE_BYTE_GRAY),
            new StepTimes());
  }

  GuardSample read(StatedRecord record, BufferedImage image) {
    try (StudyQuestions questions = StudyQuestions.of(model, image, new StepTimes())) {
      SequencedMap<Finding, Boolean> truths = stated.of(record);
      List<GuardSample.Scored> findings = findings(truths, questions);
      return new GuardSample(
          record.subject().group(),
          images.objection(image).isPresent(),
          ImageReading.REAL,
          answers(record, questions),
          findings,
          sentences(record, truths, findings, questions));
    }
  }

  /** An image that was made to be objected to. */
  GuardSample made(String kind, BufferedImage image) {
    return GuardSample.made(kind, images.objection(image).isPresent());
  }

  private List<GuardSample.Scored> findings(
      SequencedMap<Finding, Boolean> truths, StudyQuestions questions) {
    List<GuardSample.Scored> scored = new ArrayList<>();
    List<String> asked = truths.keySet().stream().map(Finding::question).toList();
    Optional<List<AnswerScore>> blind = model.scoreWithoutImage(asked);
    if (asked.isEmpty() || blind.isEmpty()) {
      return scored;
    }
    List<AnswerScore> seen = questions.score(asked);
    List<AnswerScore> unseen = black.score(asked);
    int i = 0;
    for (var truth : truths.entrySet()) {
      double without = blind.get().get(i).logOdds();
      scored.add(
          new GuardSample.Scored(
              truth.getKey().id(),
              truth.getValue(),
              model.calibration().probability(asked.get(i), seen.get(i).logOdds()),
              Math.abs(seen.get(i).logOdds() - without),
              Math.abs(unseen.get(i).logOdds() - without)));
      i++;
    }
    return scored;
  }

  private List<GuardSample.Answered> answers(StatedRecord record, StudyQuestions questions) {
    List<GuardSample.Answered> answers = new ArrayList<>();
    String part = record.bodyPart();
    if (part != null) {
      add(answers, questions, ImageReading.BODY_PART_QUESTION, part, false);
    }
    record
        .questions()
        .forEach(asked -> add(answers, questions, asked.question(), asked.answer(), true));
    return answers;
  }

  private void add(
      List<GuardSample.Answered> answers,
      StudyQuestions questions,
      String question,
      String truth,
      boolean free) {
    Answer answer = questions.answer(question);
    Optional<ImageDependence> dependence = model.imageDependence(question, answer);
    if (dependence.isEmpty()) {
      return;
    }
    Double yes = null;
    String word = AnswerWords.normalised(answer.text());
    if (word.equals(Prediction.YES) || word.equals(Prediction.NO)) {
      double odds = questions.score(List.of(question)).getFirst().logOdds();
      double probability = model.calibration().probability(question, odds);
      yes = word.equals(Prediction.YES) ? probability : 1 - probability;
    }
    answers.add(
        new GuardSample.Answered(
            answer.text(),
            free,
            isRight(answer.text(), truth),
            answer.refused(),
            yes,
            dependence.get().whole()));
  }

  /** More than half of the words in common; of a yes or no, the word. */
  private static boolean isRight(String answer, String truth) {
    return AnswerWords.tokenF1(answer, truth) > 0.5 || AnswerWords.same(answer, truth);
  }

  private List<GuardSample.Said> sentences(
      StatedRecord record,
      SequencedMap<Finding, Boolean> truths,
      List<GuardSample.Scored> scored,
      StudyQuestions questions) {
    List<GuardSample.Said> said = new ArrayList<>();
    Answer own = questions.answer(model.reportPrompt());
    Answers sides = new Answers(truths, decided(scored));
    addSentences(said, own, true, sides);
    if (!own.refused()) {
      String other = reports.put(record.subject().source(), own.text());
      if (other != null && !other.equals(own.text())) {
        model
            .asIfWritten(questions.study(), model.reportPrompt(), other)
            .ifPresent(foreign -> addSentences(said, foreign, false, sides));
        said.removeIf(each -> !each.own() && own.text().contains(each.text()));
      }
    }
    return said;
  }

  private void addSentences(
      List<GuardSample.Said> said, Answer answer, boolean own, Answers sides) {
    model
        .imageDependence(model.reportPrompt(), answer)
        .ifPresent(
            dependence ->
                dependence
                    .sentences()
                    .forEach(
                        sentence ->
                            said.add(
                                new GuardSample.Said(
                                    sentence.text(),
                                    own,
                                    sentence.part().shift(),
                                    sides.isRight(sentence.text()),
                                    sides.contradicts(sentence.text())))));
  }

  private static Map<String, Boolean> decided(List<GuardSample.Scored> scored) {
    Map<String, Boolean> decided = new HashMap<>();
    for (GuardSample.Scored each : scored) {
      if (each.probability() >= PRESENT_FROM || each.probability() < ABSENT_BELOW) {
        decided.put(each.id(), each.probability() >= PRESENT_FROM);
      }
    }
    return decided;
  }

  @Override
  public void close() {
    black.close();
  }

  /** What is true of an image, and what was scored. */
  private static final class Answers {
    private final Map<String, Boolean> truths = new HashMap<>();
    private final FindingStatements statements;
    private final ContradictionGuard guard;

    Answers(SequencedMap<Finding, Boolean> truths, Map<String, Boolean> decided) {
      truths.forEach((finding, truth) -> this.truths.put(finding.id(), truth));
      List<Finding> findings = List.copyOf(truths.keySet());
      this.statements = new FindingStatements(findings);
      this.guard = new ContradictionGuard(findings, decided);
    }

    @Nullable Boolean isRight(String sentence) {
      Boolean right = null;
      for (var stated : statements.of(sentence).entrySet()) {
        boolean fits = stated.getValue().equals(truths.get(stated.getKey().id()));
        right = right == null ? fits : right && fits;
      }
      return right;
    }

    boolean contradicts(String sentence) {
      return guard.objection(sentence).isPresent();
    }
  }
}
