package io.overread.vlm.evaluate;

import io.overread.vlm.evaluate.page.Bars;
import io.overread.vlm.evaluate.page.Bars.Bar;
import io.overread.vlm.evaluate.page.Curve;
import io.overread.vlm.evaluate.page.Page;
import io.overread.vlm.evaluate.page.Plot;
import io.overread.vlm.evaluate.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report as a page with plots. */
final class ReportPage {

  private final Figures figures;
  private final About about;

  private ReportPage(EvaluationReport report) {
    this.figures = report.figures();
    this.about = report.about();
  }

  static Page of(EvaluationReport report) {
    ReportPage page = new ReportPage(report);
    List<Plot> plots = new ArrayList<>();
    page.addTasks(plots);
    page.addCurve(plots);
    page.addReliability(plots);
    page.addSubgroups(plots);
    return new Page(
        "Evaluation of " + page.about.model().name() + " " + page.about.model().version(),
        page.lines(),
        plots,
        page.tables());
  }

  private List<String> lines() {
    return List.of(
        "Model " + about.model().digest(),
        about.images()
            + " images of the part "
            + about.split()
            + ": "
            + about.imagesBySource().entrySet().stream()
                .map(source -> source.getValue() + " " + source.getKey())
                .collect(Collectors.joining(", ")),
        String.format(
            Locale.ROOT,
            "On %s, %d at a time, %.0f s",
            about.provider(),
            about.workers(),
            about.seconds()),
        "Intervals are the middle 95 % of "
            + Bootstrap.RESAMPLES
            + " resamples of whole patients, cases or images.");
  }

  private void addTasks(List<Plot> plots) {
    List<Bar> bars =
        figures.rows().stream()
            .filter(row -> row.unit() != Row.Unit.POINTS)
            .filter(row -> row.interval().measured() >= 0 && row.interval().measured() <= 1)
            .map(
                row ->
                    new Bar(
                        row.task(),
                        row.interval().measured(),
                        row.interval().low(),
                        row.interval().high(),
                        row.baseline() == null ? null : Double.valueOf(row.baseline().value())))
            .toList();
    if (!bars.isEmpty()) {
      plots.add(
          new Bars(
              "By task",
              "What was measured, with its 95 % interval; the dashed mark is what the commonest"
                  + " answer or chance would reach. Of errors less is better.",
              bars));
    }
  }

  private void addCurve(List<Plot> plots) {
    if (figures.curve().isEmpty()) {
      return;
    }
    double most = figures.curve().stream().mapToDouble(RiskCoverage.Kept::error).max().orElse(0);
    plots.add(
        new Curve(
            new Curve.Words(
                "Risk and coverage",
                "How many "
                    + figures.of()
                    + " are answered wrongly when only those are kept that the model is surest of."
                    + " A model that knows when it does not know has a curve that starts low.",
                "share kept, surest first",
                "wrong among those kept"),
            Math.max(0.05, Math.ceil(most * 20) / 20),
            false,
            figures.curve().stream()
                .map(kept -> new Curve.Point(kept.coverage(), kept.error(), 0))
                .toList()));
  }

  private void addReliability(List<Plot> plots) {
    if (figures.reliability().isEmpty()) {
      return;
    }
    plots.add(
        new Curve(
            new Curve.Words(
                "Reliability",
                "What share of the "
                    + figures.of()
                    + " with a probability turns out true. Points on the dashed line are"
                    + " calibrated; below it the model is too sure.",
                "probability given",
                "share that is true"),
            1,
            true,
            figures.reliability().stream()
                .map(bin -> new Curve.Point(bin.probability(), bin.share(), bin.n()))
                .toList()));
  }

  private void addSubgroups(List<Plot> plots) {
    List<Bar> bars =
        figures.subgroups().stream()
            .map(
                part ->
                    new Bar(
                        part.by() + ": " + part.name() + " (" + part.n() + ")",
                        part.accuracy().measured(),
                        part.accuracy().low(),
                        part.accuracy().high(),
                        null))
            .toList();
    if (!bars.isEmpty()) {
      String gaps =
          figures.gaps().stream()
              .map(
                  gap ->
                      "The widest gap by "
                          + gap.by()
                          + " is "
                          + MarkdownTables.number(gap.accuracy().measured(), Row.Unit.POINTS)
                          + ", from "
                          + gap.worst()
                          + " to "
                          + gap.best()
                          + " ("
                          + MarkdownTables.interval(gap.accuracy(), Row.Unit.POINTS)
                          + ").")
              .collect(Collectors.joining(" "));
      plots.add(
          new Bars(
              "By part of the patients",
              ("Accuracy on the "
                      + figures.of()
                      + " of each part, with the number of answers. "
                      + gaps)
                  .strip(),
              bars));
    }
  }

  private List<Table> tables() {
    List<List<String>> rows = new ArrayList<>();
    for (Row row : figures.rows()) {
      Row.Baseline baseline = row.baseline();
      rows.add(
          List.of(
              row.task(),
              Integer.toString(row.n()),
              MarkdownTables.number(row.interval().measured(), row.unit()),
              MarkdownTables.interval(row.interval(), row.unit()),
              baseline == null
                  ? ""
                  : baseline.kind() + " " + MarkdownTables.number(baseline.value(), row.unit())));
    }
    return List.of(
        new Table(
            "All figures",
            List.of("task", "n", "measured", "95 % interval", "without looking"),
            rows));
  }
}
