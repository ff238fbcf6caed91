package io.overread.vlm.evaluate;

import io.overread.vlm.evaluate.Row.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows on a contrastive model beside the generator: of the same findings of the same images
 * what each says alone, and what both say together; none where there was no contrastive model.
 */
final class BesideRows {
  private static final String AUROC = ": mean AUROC over findings, ";

  private final Predictions predictions;
  private final List<Row> rows = new ArrayList<>();

  private BesideRows(Predictions predictions) {
    this.predictions = predictions;
  }

  static List<Row> of(Predictions predictions) {
    BesideRows beside = new BesideRows(predictions);
    Set<String> sources = new TreeSet<>();
    predictions
        .of(Task.FINDING_CONTRASTIVE)
        .forEach(prediction -> sources.add(prediction.subject().source()));
    for (String source : sources) {
      beside.add(source + AUROC, source, Unit.NUMBER, ReadingRows::meanAuroc);
    }
    if (!sources.isEmpty()) {
      beside.add(
          "expected calibration error, findings of both: ",
          null,
          Unit.NUMBER,
          CalibrationError::of);
    }
    return beside.rows;
  }

  /** Of the findings that both were joined for, if any were; else of what each was asked. */
  private void add(
      String what, @Nullable String source, Unit unit, ToDoubleFunction<List<Prediction>> figure) {
    List<Prediction> together = of(Task.FINDING_BESIDE, source);
    Set<String> joined = together.stream().map(BesideRows::key).collect(Collectors.toSet());
    add(what + "generator alone", unit, kept(Task.FINDING, source, joined), figure);
    add(what + "contrastive", unit, kept(Task.FINDING_CONTRASTIVE, source, joined), figure);
    add(what + "both", unit, together, figure);
  }

  private void add(
      String task, Unit unit, List<Prediction> some, ToDoubleFunction<List<Prediction>> figure) {
    Row.of(task, unit, some, figure).ifPresent(rows::add);
  }

  private List<Prediction> kept(Task task, @Nullable String source, Set<String> joined) {
    return of(task, source).stream()
        .filter(prediction -> joined.isEmpty() || joined.contains(key(prediction)))
        .toList();
  }

  private List<Prediction> of(Task task, @Nullable String source) {
    return predictions.of(task, p -> source == null || p.subject().source().equals(source));
  }

  private static String key(Prediction prediction) {
    return prediction.subject().id() + " " + prediction.finding();
  }
}
