package io.overread.vlm.evaluate;

import io.overread.vlm.evaluate.Row.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The rows on questions and answers in words. */
final class QuestionRows {

  private static final String RAD = "vqa-rad";
  private static final String MED = "vqa-med-2019";

  private final Predictions predictions;
  private final List<Row> rows = new ArrayList<>();

  private QuestionRows(Predictions predictions) {
    this.predictions = predictions;
  }

  static List<Row> of(Predictions predictions) {
    QuestionRows questions = new QuestionRows(predictions);
    questions.addClosed();
    questions.addOpen();
    questions.addKinds();
    return questions.rows;
  }

  static boolean isClosed(Prediction prediction) {
    return prediction.type().endsWith("/CLOSED");
  }

  static boolean isOfRad(Prediction prediction) {
    return prediction.subject().source().equals(RAD);
  }

  private void addClosed() {
    List<Prediction> closed = of(QuestionRows::isOfRad, QuestionRows::isClosed);
    exact("VQA-RAD closed, accuracy", closed)
        .map(row -> row.reaching(0.68, 0.78))
        .ifPresent(rows::add);
    exact("VQA-RAD closed, the yes/no part", closed.stream().filter(Prediction::isYesOrNo).toList())
        .map(row -> row.reaching(0.68, 0.78))
        .ifPresent(rows::add);
  }

  private void addOpen() {
    Predicate<Prediction> open = p -> p.type().endsWith("/OPEN");
    f1("VQA-RAD and VQA-Med open, token F1", of(p -> isOfRad(p) || isOfMed(p), open))
        .map(row -> row.reaching(0.35, 0.55))
        .ifPresent(rows::add);
    f1("VQA-RAD open, token F1", of(QuestionRows::isOfRad, open)).ifPresent(rows::add);
    f1("VQA-Med open, token F1", of(QuestionRows::isOfMed, open)).ifPresent(rows::add);
  }

  private void addKinds() {
    List<Prediction> together = new ArrayList<>();
    List<Row> each = new ArrayList<>();
    for (String kind : List.of("modality", "plane", "organ")) {
      List<Prediction> some =
          of(QuestionRows::isOfMed, p -> p.type().regionMatches(true, 0, kind, 0, kind.length()));
      together.addAll(some);
      exact("VQA-Med " + kind + ", accuracy", some).ifPresent(each::add);
    }
    exact("VQA-Med modality, plane and organ, accuracy", together)
        .map(row -> row.reaching(0.70, 0.85))
        .ifPresent(rows::add);
    rows.addAll(each);
  }

  private static boolean isOfMed(Prediction prediction) {
    return prediction.subject().source().equals(MED);
  }

  private List<Prediction> of(Predicate<Prediction> source, Predicate<Prediction> type) {
    return predictions.of(Task.QUESTION, source.and(type));
  }

  private static Optional<Row> exact(String task, List<Prediction> some) {
    return Row.mean(task, Unit.SHARE, some, Predictions::rightInWords)
        .map(row -> row.beside("majority", Predictions.majority(some)));
  }

  private static Optional<Row> f1(String task, List<Prediction> some) {
    return Row.mean(task, Unit.NUMBER, some, p -> AnswerWords.tokenF1(p.answer(), p.truth()));
  }
}
