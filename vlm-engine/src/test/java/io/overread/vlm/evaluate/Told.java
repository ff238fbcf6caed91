package io.overread.vlm.evaluate;

import io.overread.vlm.evaluate.Prediction.Outcome;
import io.overread.vlm.finding.FindingRegion.Box;
import io.overread.vlm.finding.FindingRegion.Point;
import java.util.List;

/** Predictions for tests, as few words as each needs. */
final class Told {

  private Told() {}

  static Prediction yesNo(double probability, boolean truth) {
    return yesNo("g" + probability, probability, truth);
  }

  static Prediction yesNo(String group, double probability, boolean truth) {
    return new Prediction(
        new Subject("i" + group, "source", group, null, null),
        Task.FINDING,
        "finding",
        "Is it there?",
        "",
        truth ? "yes" : "no",
        new Outcome(null, probability, 0.0, 0, false, null, List.of()));
  }

  static Prediction words(Task task, String source, String type, String answer, String truth) {
    return new Prediction(
        Subject.alone(source + truth + answer + type, source),
        task,
        null,
        "What is it?",
        type,
        truth,
        new Outcome(answer, null, null, 0, false, null, List.of()));
  }

  static Prediction refusal(String id, boolean medical, double refusal) {
    return new Prediction(
        Subject.alone(id, "source"),
        Task.REFUSAL,
        null,
        "Describe the findings.",
        medical ? ImageReading.REAL : "noise",
        medical ? "no" : "yes",
        new Outcome(null, null, null, refusal, false, null, List.of()));
  }

  static Prediction point(String source, double x, double y, Box... boxes) {
    return new Prediction(
        Subject.alone(source + x + y, source),
        Task.POINTING,
        "glioma",
        null,
        "",
        "",
        new Outcome(null, null, null, 0, false, new Point(x, y), List.of(boxes)));
  }
}
