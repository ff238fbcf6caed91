package io.overread.vlm.evaluate;

import java.util.Locale;
import java.util.stream.Collectors;

/** The report as Markdown. */
final class MarkdownTables {

  static final String NONE = "-";
  private static final int DIFFERENCES_TOLD = 5;

  private final StringBuilder text = new StringBuilder();

  private MarkdownTables() {}

  static String of(EvaluationReport report) {
    MarkdownTables tables = new MarkdownTables();
    tables.about(report.about());
    tables.rows(report);
    tables.subgroups(report);
    tables.times(report);
    tables.differences(report);
    return tables.text.toString();
  }

  private void about(About about) {
    line(
        "%s %s (%s)",
        about.model().name(), about.model().version(), about.model().digest().substring(0, 12));
    line(
        "%d images of the split %s: %s",
        about.images(),
        about.split(),
        about.imagesBySource().entrySet().stream()
            .map(source -> source.getValue() + " " + source.getKey())
            .collect(Collectors.joining(", ")));
    line(
        "Java engine on %s, %d at a time on one thread each, %.0f s",
        about.provider(), about.workers(), about.seconds());
    line("");
  }

  private void rows(EvaluationReport report) {
    line("| task | n | measured | 95 %% interval | at least | aim | majority or chance |");
    line("| --- | --- | --- | --- | --- | --- | --- |");
    for (Row row : report.rows()) {
      Row.Target target = row.target();
      Row.Baseline baseline = row.baseline();
      line(
          "| %s | %d | %s | %s | %s | %s | %s |",
          row.task(),
          row.n(),
          number(row.interval().measured(), row.unit()),
          interval(row.interval(), row.unit()),
          target == null ? "" : number(target.atLeast(), row.unit()),
          target == null ? "" : number(target.aim(), row.unit()),
          baseline == null ? "" : baseline.kind() + " " + number(baseline.value(), row.unit()));
    }
    line("");
  }

  private void subgroups(EvaluationReport report) {
    if (report.subgroups().isEmpty()) {
      return;
    }
    line(
        "| %s by | | n | accuracy | 95 %% interval | AUROC, pooled | 95 %% interval |",
        report.figures().of());
    line("| --- | --- | --- | --- | --- | --- | --- |");
    for (Subgroup part : report.subgroups()) {
      line(
          "| %s | %s | %d | %s | %s | %s | %s |",
          part.by(),
          part.name(),
          part.n(),
          number(part.accuracy().measured(), Row.Unit.SHARE),
          interval(part.accuracy(), Row.Unit.SHARE),
          number(part.auroc().measured(), Row.Unit.NUMBER),
          interval(part.auroc(), Row.Unit.NUMBER));
    }
    line("");
    if (!report.figures().gaps().isEmpty()) {
      line("| widest gap in accuracy by | best | worst | points | 95 %% interval |");
      line("| --- | --- | --- | --- | --- |");
      for (Gap gap : report.figures().gaps()) {
        line(
            "| %s | %s | %s | %s | %s |",
            gap.by(),
            gap.best(),
            gap.worst(),
            number(gap.accuracy().measured(), Row.Unit.POINTS),
            interval(gap.accuracy(), Row.Unit.POINTS));
      }
      line("");
    }
  }

  private void times(EvaluationReport report) {
    line("| median time of | milliseconds |");
    line("| --- | --- |");
    line("| an image, encoded | %s |", milliseconds(report.times().image()));
    line("| a yes/no question, of a batch | %s |", milliseconds(report.times().question()));
    line("| a generated token | %s |", milliseconds(report.times().token()));
  }

  private void differences(EvaluationReport report) {
    if (report.differences().isEmpty()) {
      return;
    }
    line("");
    line("The first answers that differ from the reference:");
    report.differences().stream()
        .limit(DIFFERENCES_TOLD)
        .forEach(
            p ->
                line(
                    "- %s, \"%s\": \"%s\", the reference \"%s\"",
                    p.subject().id(), String.valueOf(p.question()), p.answer(), p.truth()));
  }

  static String interval(Interval interval, Row.Unit unit) {
    return Double.isNaN(interval.low())
        ? NONE
        : number(interval.low(), unit) + " to " + number(interval.high(), unit);
  }

  static String number(double value, Row.Unit unit) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    return switch (unit) {
      case SHARE -> String.format(Locale.ROOT, "%.1f %%", value * 100);
      case POINTS -> String.format(Locale.ROOT, "%.1f points", value * 100);
      case NUMBER -> String.format(Locale.ROOT, "%.3f", value);
    };
  }

  private static String milliseconds(double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.1f", value);
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
