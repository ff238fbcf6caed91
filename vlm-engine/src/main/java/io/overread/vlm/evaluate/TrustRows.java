package io.overread.vlm.evaluate;

import io.overread.vlm.evaluate.Row.Unit;
import io.overread.vlm.finding.FindingRegion.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** The rows on whether answers can be relied on: pointing, calibration, refusal, blank, parity. */
final class TrustRows {

  private static final String BRAIN = "figshare-brain-tumor";
  private static final String FETAL = "hc18";
  private static final String NIH = "nih-chestxray14";

  private final Predictions predictions;
  private final List<Row> rows = new ArrayList<>();

  private TrustRows(Predictions predictions) {
    this.predictions = predictions;
  }

  static List<Row> of(Predictions predictions) {
    TrustRows trust = new TrustRows(predictions);
    trust.addPointing();
    trust.addCalibration();
    trust.addRefusal();
    trust.addBlank();
    trust.addParity();
    return trust.rows;
  }

  private void addPointing() {
    List<Prediction> brain = predictions.of(Task.POINTING, BRAIN);
    List<Prediction> head = predictions.of(Task.POINTING, FETAL);
    List<Prediction> both = new ArrayList<>(brain);
    both.addAll(head);
    pointing("pointing game: brain tumor and fetal head", both, true);
    pointing("pointing game: brain tumor", brain, true);
    pointing("pointing game: fetal head", head, true);
    pointing("pointing game: NIH's boxes", predictions.of(Task.POINTING, NIH), false);
  }

  private void pointing(String task, List<Prediction> some, boolean agreed) {
    Row.mean(task, Unit.SHARE, some, TrustRows::hit)
        .map(row -> agreed ? row.reaching(0.60, 0.85) : row)
        .map(
            row ->
                row.beside(
                    "chance",
                    some.stream().mapToDouble(TrustRows::area).average().orElse(Double.NaN)))
        .ifPresent(rows::add);
  }

  private static double hit(Prediction prediction) {
    Point point = prediction.outcome().point();
    return point != null && prediction.outcome().boxes().stream().anyMatch(b -> b.contains(point))
        ? 1
        : 0;
  }

  /** What a point drawn anywhere on the image would hit. */
  private static double area(Prediction prediction) {
    return Math.min(
        1, prediction.outcome().boxes().stream().mapToDouble(b -> b.width() * b.height()).sum());
  }

  /** Over every yes/no answer that has a probability, and its parts. */
  private void addCalibration() {
    List<Prediction> findings = predictions.of(Task.FINDING);
    List<Prediction> kinds = predictions.of(Task.PNEUMONIA_KIND, TrustRows::isLikely);
    List<Prediction> words = predictions.of(Task.QUESTION, TrustRows::isLikely);
    List<Prediction> all = new ArrayList<>(findings);
    all.addAll(kinds);
    all.addAll(words);
    calibration("yes/no answers", all).map(row -> row.reaching(0.06, 0.03)).ifPresent(rows::add);
    calibration("findings", findings).ifPresent(rows::add);
    calibration("yes/no questions in words", words).ifPresent(rows::add);
  }

  private static boolean isLikely(Prediction prediction) {
    return !Double.isNaN(prediction.probability());
  }

  private static Optional<Row> calibration(String of, List<Prediction> some) {
    return Row.of("expected calibration error, " + of, Unit.NUMBER, some, CalibrationError::of);
  }

  private void addRefusal() {
    List<Prediction> real = predictions.of(Task.REFUSAL, p -> !p.isTrue());
    List<Prediction> none = predictions.of(Task.REFUSAL, Prediction::isTrue);
    if (real.isEmpty() || none.isEmpty()) {
      return;
    }
    double threshold = RefusalThreshold.of(real);
    ToDoubleFunction<Prediction> refused = p -> p.outcome().refusal() > threshold ? 1 : 0;
    Row.mean("refused at 5 % false refusal: images that are not medical", Unit.SHARE, none, refused)
        .map(row -> row.reaching(0.90, 0.99))
        .ifPresent(rows::add);
    Set<String> kinds = new TreeSet<>();
    none.forEach(p -> kinds.add(p.type()));
    for (String kind : kinds) {
      List<Prediction> some = none.stream().filter(p -> p.type().equals(kind)).toList();
      Row.mean("refused at 5 % false refusal: " + kind, Unit.SHARE, some, refused)
          .ifPresent(rows::add);
    }
    Row.mean("refused at 5 % false refusal: real images", Unit.SHARE, real, refused)
        .ifPresent(rows::add);
    ToDoubleFunction<Prediction> itself = p -> p.outcome().abstained() ? 1 : 0;
    Row.mean("refused by itself: images that are not medical", Unit.SHARE, none, itself)
        .ifPresent(rows::add);
    Row.mean("refused by itself: real images", Unit.SHARE, real, itself).ifPresent(rows::add);
  }

  private void addBlank() {
    List<Prediction> closed =
        predictions.of(Task.QUESTION, p -> QuestionRows.isOfRad(p) && QuestionRows.isClosed(p));
    List<Prediction> blankClosed =
        predictions.of(
            Task.QUESTION_BLANK, p -> QuestionRows.isOfRad(p) && QuestionRows.isClosed(p));
    gap("VQA-RAD closed", closed, blankClosed, Predictions::rightInWords, true);
    gap(
        "findings",
        predictions.of(Task.FINDING),
        predictions.of(Task.FINDING_BLANK),
        p -> p.isRightAtHalf() ? 1 : 0,
        false);
  }

  /** Accuracy with the image and with a black one, and what is lost. */
  private void gap(
      String task,
      List<Prediction> seen,
      List<Prediction> blank,
      ToDoubleFunction<Prediction> right,
      boolean agreed) {
    Task onBlack = blank.isEmpty() ? Task.QUESTION_BLANK : blank.getFirst().task();
    List<Prediction> both = new ArrayList<>(seen);
    both.addAll(blank);
    // Each answer has one of the same group on black: twice the mean with signs is the difference.
    Row.mean(
            "accuracy lost on a black image: " + task,
            Unit.POINTS,
            both,
            p -> 2 * (p.task() == onBlack ? -right.applyAsDouble(p) : right.applyAsDouble(p)))
        .map(row -> row.on(seen.size()))
        .map(row -> agreed ? row.reaching(0.05, 0.15) : row)
        .ifPresent(rows::add);
    Row.mean("accuracy on a black image: " + task, Unit.SHARE, blank, right).ifPresent(rows::add);
    if (!agreed) {
      Row.mean("accuracy with the image: " + task, Unit.SHARE, seen, right).ifPresent(rows::add);
    }
  }

  private void addParity() {
    Row.mean(
            "parity with the reference: same greedy answers",
            Unit.SHARE,
            predictions.of(Task.PARITY),
            p -> p.answer().equals(p.truth().strip()) ? 1 : 0)
        .map(row -> row.reaching(0.99, 1))
        .ifPresent(rows::add);
  }
}
