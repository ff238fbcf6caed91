package io.overread.vlm.evaluate;

import io.overread.vlm.evaluate.Prediction.Outcome;
import io.overread.vlm.finding.FindingRegion.Box;
import io.overread.vlm.finding.FindingRegion.Point;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a prediction that {@link JsonFigures#of(Prediction)} wrote; numbers keep every bit. */
final class PredictionJson {

  private PredictionJson() {}

  static Prediction read(JsonNode json) {
    Task task = Task.labelled(json.path("task").asString(""));
    boolean pointing = task == Task.POINTING;
    JsonNode age = json.path("age");
    return new Prediction(
        new Subject(
            json.path("id").asString(""),
            json.path("source").asString(""),
            json.path("group").asString(""),
            text(json, "sex"),
            age.isNumber() ? Integer.valueOf(age.intValue()) : null,
            text(json, "scanner")),
        task,
        text(json, "finding"),
        text(json, "question"),
        json.path("type").asString(""),
        pointing ? "" : json.path("truth").asString(""),
        new Outcome(
            text(json, "answer"),
            number(json.path("probability")),
            number(json.path("log_odds")),
            json.path("refusal").asDouble(0),
            json.path("abstained").asBoolean(false),
            point(json.path("point")),
            pointing
                ? json.path("truth").valueStream().map(PredictionJson::box).toList()
                : List.of()));
  }

  private static @Nullable String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isString() ? value.stringValue() : null;
  }

  private static @Nullable Double number(JsonNode value) {
    return value.isNumber() ? Double.valueOf(value.doubleValue()) : null;
  }

  private static @Nullable Point point(JsonNode json) {
    return json.size() == 2
        ? new Point(json.get(0).doubleValue(), json.get(1).doubleValue())
        : null;
  }

  private static Box box(JsonNode json) {
    return new Box(
        json.get(0).doubleValue(),
        json.get(1).doubleValue(),
        json.get(2).doubleValue(),
        json.get(3).doubleValue());
  }
}
