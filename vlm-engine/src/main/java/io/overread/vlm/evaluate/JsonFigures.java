package io.overread.vlm.evaluate;

import io.overread.vlm.evaluate.Prediction.Outcome;
import io.overread.vlm.finding.FindingRegion.Box;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Figures and predictions as JSON; what there is no number for is null, what does not apply is left
 * out.
 */
final class JsonFigures {

  private JsonFigures() {}

  static ObjectNode of(EvaluationReport report) {
    ObjectNode json = object();
    About about = report.about();
    json.putObject("model")
        .put("name", about.model().name())
        .put("version", about.model().version())
        .put("digest", about.model().digest());
    ObjectNode data =
        json.putObject("data").put("split", about.split()).put("images", about.images());
    ObjectNode sources = data.putObject("images_by_source");
    about.imagesBySource().forEach(sources::put);
    json.putObject("engine")
        .put("provider", about.provider().toLowerCase(Locale.ROOT))
        .put("workers", about.workers())
        .put("threads_per_worker", 1)
        .put("java", System.getProperty("java.version"))
        .put("seconds", about.seconds());
    json.putObject("bootstrap")
        .put("resamples", Bootstrap.RESAMPLES)
        .put("by", "group")
        .put("seed", Bootstrap.SEED);
    number(json, "refusal_threshold", report.refusalThreshold());
    ArrayNode rows = json.putArray("rows");
    report.rows().forEach(row -> rows.add(of(row)));
    ArrayNode subgroups = json.putArray("subgroups");
    report.subgroups().forEach(part -> subgroups.add(of(part)));
    ArrayNode gaps = json.putArray("subgroup_gaps");
    report
        .figures()
        .gaps()
        .forEach(
            gap ->
                interval(
                    gaps.addObject()
                        .put("by", gap.by())
                        .put("best", gap.best())
                        .put("worst", gap.worst()),
                    gap.accuracy()));
    ArrayNode curve = json.putArray("risk_coverage");
    report
        .curve()
        .forEach(
            kept -> curve.addObject().put("coverage", kept.coverage()).put("error", kept.error()));
    ArrayNode reliability = json.putArray("reliability");
    report
        .figures()
        .reliability()
        .forEach(
            bin ->
                reliability
                    .addObject()
                    .put("n", bin.n())
                    .put("probability", bin.probability())
                    .put("share", bin.share()));
    ObjectNode times = json.putObject("median_milliseconds");
    number(times, "image", report.times().image());
    number(times, "question", report.times().question());
    number(times, "token", report.times().token());
    return json;
  }

  private static ObjectNode of(Row row) {
    ObjectNode json =
        object()
            .put("task", row.task())
            .put("n", row.n())
            .put("unit", row.unit().toString().toLowerCase(Locale.ROOT));
    interval(json, row.interval());
    Row.Target target = row.target();
    if (target != null) {
      json.put("at_least", target.atLeast()).put("aim", target.aim());
    }
    Row.Baseline baseline = row.baseline();
    if (baseline != null) {
      number(json, baseline.kind(), baseline.value());
    }
    return json;
  }

  private static ObjectNode of(Subgroup part) {
    ObjectNode json = object().put("by", part.by()).put("name", part.name()).put("n", part.n());
    interval(json.putObject("accuracy"), part.accuracy());
    interval(json.putObject("auroc"), part.auroc());
    return json;
  }

  static void interval(ObjectNode json, Interval interval) {
    number(json, "measured", interval.measured());
    number(json, "low", interval.low());
    number(json, "high", interval.high());
  }

  /** One line of the predictions. */
  static ObjectNode of(Prediction prediction) {
    Subject subject = prediction.subject();
    Outcome outcome = prediction.outcome();
    ObjectNode json =
        object()
            .put("id", subject.id())
            .put("source", subject.source())
            .put("group", subject.group())
            .put("task", prediction.task().label());
    text(json, "finding", prediction.finding());
    text(json, "question", prediction.question());
    text(json, "type", prediction.type());
    if (outcome.answer() != null) {
      json.put("answer", outcome.answer());
    }
    if (outcome.probability() != null) {
      json.put("probability", outcome.probability()).put("log_odds", outcome.logOdds());
    }
    if (prediction.question() != null) {
      json.put("refusal", outcome.refusal()).put("abstained", outcome.abstained());
      json.put("truth", prediction.truth());
    }
    if (prediction.task() == Task.POINTING) {
      points(json, outcome);
    }
    text(json, "sex", subject.sex());
    if (subject.age() != null) {
      json.put("age", subject.age());
    }
    text(json, "scanner", subject.scanner());
    return json;
  }

  private static void points(ObjectNode json, Outcome outcome) {
    if (outcome.point() != null) {
      json.putArray("point").add(outcome.point().x()).add(outcome.point().y());
    }
    ArrayNode boxes = json.putArray("truth");
    for (Box box : outcome.boxes()) {
      boxes.addArray().add(box.x()).add(box.y()).add(box.width()).add(box.height());
    }
  }

  static void text(ObjectNode json, String name, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      json.put(name, text);
    }
  }

  static void number(ObjectNode json, String name, double value) {
    if (Double.isNaN(value)) {
      json.putNull(name);
    } else {
      json.put(name, value);
    }
  }

  private static ObjectNode object() {
    return JsonMapper.shared().createObjectNode();
  }
}
