package io.overread.vlm.evaluate;

import io.overread.vlm.Answer;
import io.overread.vlm.AnswerScore;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.evaluate.Prediction.Outcome;
import io.overread.vlm.evaluate.StatedRecord.StatedAnswer;
import io.overread.vlm.finding.Finding;
import io.overread.vlm.finding.FindingCatalogues;
import io.overread.vlm.finding.FindingRegion;
import io.overread.vlm.finding.FindingRegion.Box;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Asks of an image what its source states, and keeps the answers. Safe for many threads. */
final class ImageReading implements AutoCloseable {

  static final String MODALITY_QUESTION = "What imaging modality is this?";
  static final String BODY_PART_QUESTION = "Which part of the body is shown?";
  static final String TUMOR_QUESTION = "What kind of tumor is shown?";
  static final String BACTERIAL_QUESTION = "Is the pneumonia bacterial?";

  /** The kind of a real image, in the predictions of refusal. */
  static final String REAL = "real";

  private static final int BLACK_EDGE = 384;

  private final VisionLanguageModel model;
  private final StepTimes times;
  private final StatedFindings findings = new StatedFindings(FindingCatalogues.shipped());
  private final StudyQuestions black;
  private final @Nullable BesideReading beside;

  /** With a contrastive model beside it, unless that is null. */
  ImageReading(VisionLanguageModel model, StepTimes times, @Nullable BesideReading beside) {
    this.beside = beside;
    this.model = model;
    this.times = times;
    this.black =
        StudyQuestions.of(
            model,
            new BufferedImage(BLACK_EDGE, BLACK_EDGE, BufferedImage.TYPE_BYTE_GRAY),
            new StepTimes());
  }

  /**
   * Reads a record's image.
   *
   * @param references what another implementation answered of it
   * @param wholeReport whether a report is written to its end, for the time that it takes
   */
  List<Prediction> read(
      StatedRecord record,
      BufferedImage image,
      List<ReferenceAnswer> references,
      boolean wholeReport) {
    List<Prediction> predictions = new ArrayList<>();
    try (StudyQuestions questions = StudyQuestions.of(model, image, times)) {
      addFindings(record, image, questions, predictions);
      addKind(record, questions, predictions);
      addWords(record, questions, predictions);
      record.questions().forEach(asked -> addQuestion(record, asked, questions, predictions));
      addPoints(record, questions, predictions);
      if (wholeReport) {
        questions.answer(model.reportPrompt());
      }
      predictions.add(refusal(record.subject(), REAL, questions));
      for (ReferenceAnswer reference : references) {
        predictions.add(
            spoken(
                record.subject(),
                Task.PARITY,
                reference.question(),
                "",
                reference.answer(),
                questions));
      }
    }
    return predictions;
  }

  /** Whether an image that is none of medicine is refused. */
  Prediction refusal(Subject subject, String kind, BufferedImage image) {
    try (StudyQuestions questions = StudyQuestions.of(model, image, times)) {
      return refusal(subject, kind, questions);
    }
  }

  /** What another implementation answers of images that are in no chosen split. */
  List<Prediction> compare(Subject subject, BufferedImage image, List<ReferenceAnswer> references) {
    try (StudyQuestions questions = StudyQuestions.of(model, image, times)) {
      return references.stream()
          .map(
              reference ->
                  spoken(
                      subject,
                      Task.PARITY,
                      reference.question(),
                      "",
                      reference.answer(),
                      questions))
          .toList();
    }
  }

  private void addFindings(
      StatedRecord record,
      BufferedImage image,
      StudyQuestions questions,
      List<Prediction> predictions) {
    SequencedMap<Finding, Boolean> stated = findings.of(record);
    if (stated.isEmpty()) {
      return;
    }
    List<String> asked = stated.keySet().stream().map(Finding::question).toList();
    List<AnswerScore> scores = questions.score(asked);
    if (beside != null) {
      predictions.addAll(beside.read(record.subject(), image, stated, scores));
    }
    List<AnswerScore> unseen = black.score(asked);
    if (scores.isEmpty() || unseen.isEmpty()) {
      return;
    }
    int at = 0;
    for (var entry : stated.entrySet()) {
      String truth = entry.getValue() ? Prediction.YES : Prediction.NO;
      String id = entry.getKey().id();
      predictions.add(scored(record.subject(), Task.FINDING, id, "", truth, scores.get(at), null));
      predictions.add(
          scored(record.subject(), Task.FINDING_BLANK, id, "", truth, unseen.get(at), null));
      at++;
    }
  }

  private void addKind(
      StatedRecord record, StudyQuestions questions, List<Prediction> predictions) {
    boolean bacterial = record.labels().contains("bacteria");
    if (record.subject().source().equals("kermany-cxr")
        && (bacterial || record.labels().contains("virus"))) {
      questions
          .score(List.of(BACTERIAL_QUESTION))
          .forEach(
              score ->
                  predictions.add(
                      scored(
                          record.subject(),
                          Task.PNEUMONIA_KIND,
                          null,
                          "",
                          bacterial ? Prediction.YES : Prediction.NO,
                          score,
                          null)));
    }
  }

  private void addWords(
      StatedRecord record, StudyQuestions questions, List<Prediction> predictions) {
    Subject subject = record.subject();
    String modality = spelled(record.modality());
    if (modality != null) {
      predictions.add(spoken(subject, Task.MODALITY, MODALITY_QUESTION, "", modality, questions));
    }
    String bodyPart = record.bodyPart();
    if (bodyPart != null) {
      predictions.add(
          spoken(
              subject,
              Task.BODY_PART,
              BODY_PART_QUESTION,
              "",
              bodyPart.toLowerCase(Locale.ROOT),
              questions));
    }
    if (subject.source().equals("figshare-brain-tumor") && record.labels().size() == 1) {
      predictions.add(
          spoken(
              subject,
              Task.TUMOR_KIND,
              TUMOR_QUESTION,
              "",
              record.labels().iterator().next(),
              questions));
    }
  }

  /** As the training writes a modality in words. */
  static @Nullable String spelled(@Nullable String modality) {
    return switch (modality) {
      case "XR" -> "X-ray";
      case "CT" -> "CT";
      case "MR" -> "MRI";
      case "US" -> "ultrasound";
      case null, default -> null;
    };
  }

  private void addQuestion(
      StatedRecord record,
      StatedAnswer asked,
      StudyQuestions questions,
      List<Prediction> predictions) {
    predictions.add(question(record, Task.QUESTION, asked, questions));
    if (asked.type().endsWith("/CLOSED")) {
      predictions.add(question(record, Task.QUESTION_BLANK, asked, black));
    }
  }

  private Prediction question(
      StatedRecord record, Task task, StatedAnswer asked, StudyQuestions questions) {
    Prediction words =
        spoken(record.subject(), task, asked.question(), asked.type(), asked.answer(), questions);
    if (!words.isYesOrNo()) {
      return words;
    }
    List<AnswerScore> scores = questions.score(List.of(asked.question()));
    return scores.isEmpty()
        ? words
        : scored(
            record.subject(),
            task,
            null,
            asked.type(),
            asked.answer(),
            scores.getFirst(),
            words.outcome());
  }

  private void addPoints(
      StatedRecord record, StudyQuestions questions, List<Prediction> predictions) {
    for (String finding : model.mappedFindings()) {
      List<Box> boxes =
          record.boxes().stream()
              .filter(stated -> stated.finding().equals(finding))
              .map(StatedBox::box)
              .toList();
      if (!boxes.isEmpty()) {
        FindingRegion.Point point =
            questions.study().region(finding).map(FindingRegion::peak).orElse(null);
        predictions.add(
            new Prediction(
                record.subject(),
                Task.POINTING,
                finding,
                null,
                "",
                "",
                new Outcome(null, null, null, 0, false, point, boxes)));
      }
    }
  }

  private Prediction refusal(Subject subject, String kind, StudyQuestions questions) {
    Answer answer = questions.refusal();
    return new Prediction(
        subject,
        Task.REFUSAL,
        null,
        model.reportPrompt(),
        kind,
        kind.equals(REAL) ? Prediction.NO : Prediction.YES,
        new Outcome(
            answer.refused() ? answer.text() : null,
            null,
            null,
            refusal(answer),
            answer.refused(),
            null,
            List.of()));
  }

  private static Prediction spoken(
      Subject subject,
      Task task,
      String question,
      String type,
      String truth,
      StudyQuestions questions) {
    Answer answer = questions.answer(question);
    return new Prediction(
        subject,
        task,
        null,
        question,
        type,
        truth,
        new Outcome(answer.text(), null, null, refusal(answer), answer.refused(), null, List.of()));
  }

  /** Certain or none at all where the engine tells no probability of it. */
  private static double refusal(Answer answer) {
    if (answer.hasRefusalProbability()) {
      return answer.refusalProbability();
    }
    return answer.refused() ? 1 : 0;
  }

  /**
   * A scored yes/no question.
   *
   * @param words what was answered in words, where that was asked for too
   */
  private Prediction scored(
      Subject subject,
      Task task,
      @Nullable String finding,
      String type,
      String truth,
      AnswerScore score,
      @Nullable Outcome words) {
    double logOdds = score.logOdds();
    double probability = model.calibration().probability(score.question(), logOdds);
    String atHalf = probability >= 0.5 ? Prediction.YES : Prediction.NO;
    double surer = Math.exp(Math.max(score.logProbabilityYes(), score.logProbabilityNo()));
    return new Prediction(
        subject,
        task,
        finding,
        score.question(),
        type,
        truth,
        new Outcome(
            words == null ? atHalf : words.answer(),
            probability,
            logOdds,
            score.refusalProbability(),
            words == null ? score.refusalProbability() > surer : words.abstained(),
            null,
            List.of()));
  }

  @Override
  public void close() {
    black.close();
  }
}
