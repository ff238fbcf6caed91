package io.overread.vlm.evaluate;

import io.overread.vlm.evaluate.Row.Unit;
import io.overread.vlm.evaluate.published.Truth;
import io.overread.vlm.evaluate.published.Truth.Rule;
import io.overread.vlm.evaluate.text.Bleu;
import io.overread.vlm.evaluate.text.FindingsInText;
import io.overread.vlm.evaluate.text.RougeL;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The rows on how near the words come to the stated ones, of open answers and of reports. */
final class WordRows {

  private final List<Row> rows = new ArrayList<>();

  private WordRows() {}

  static List<Row> of(List<Answered> answered) {
    WordRows words = new WordRows();
    List<Answered> seen =
        answered.stream().filter(each -> each.condition() == Condition.SEEN).toList();
    List<Answered> open =
        seen.stream()
            .filter(each -> !each.asked().truth().closed())
            .filter(each -> each.asked().truth().rule() != Rule.REPORT)
            .toList();
    List<Answered> reports =
        seen.stream().filter(each -> each.asked().truth().rule() == Rule.REPORT).toList();
    Row.mean(
            "open, exact match",
            Unit.SHARE,
            open,
            each -> AnswerJudge.exact(each.asked(), each.reply().text()))
        .ifPresent(words.rows::add);
    words.addNearness("open", open);
    words.addNearness("reports", reports);
    words.addAgreement(reports);
    return words.rows;
  }

  private void addNearness(String of, List<Answered> some) {
    Row.mean(of + ", token F1", Unit.NUMBER, some, WordRows::tokenF1).ifPresent(rows::add);
    Map<Answered, Bleu.Counts> counts = new IdentityHashMap<>();
    some.forEach(each -> counts.put(each, Bleu.count(each.reply().text(), truth(each).answers())));
    for (int order = 1; order <= Bleu.HIGHEST_ORDER; order++) {
      int highest = order;
      Row.of(
              of + ", BLEU-" + order,
              Unit.NUMBER,
              some,
              drawn -> Bleu.of(drawn.stream().map(counts::get).toList(), highest))
          .ifPresent(rows::add);
    }
    Row.mean(
            of + ", ROUGE-L",
            Unit.NUMBER,
            some,
            each -> RougeL.of(each.reply().text(), truth(each).answers()))
        .ifPresent(rows::add);
  }

  private static double tokenF1(Answered each) {
    return truth(each).answers().stream()
        .mapToDouble(answer -> AnswerWords.tokenF1(each.reply().text(), answer))
        .max()
        .orElse(Double.NaN);
  }

  private static Truth truth(Answered each) {
    return each.asked().truth();
  }

  /**
   * Findings that a report affirms, against those that the reference affirms.
   *
   * @param both affirmed by both
   * @param said by the report
   * @param stated by the reference
   */
  private record Agreement(int both, int said, int stated) {

    static Agreement of(Answered report) {
      Set<String> said = affirmed(report.reply().text());
      Set<String> stated = affirmed(truth(report).answers().getFirst());
      Set<String> both = new HashSet<>(said);
      both.retainAll(stated);
      return new Agreement(both.size(), said.size(), stated.size());
    }

    private static Set<String> affirmed(String text) {
      Set<String> found = new HashSet<>();
      FindingsInText.of(text)
          .forEach(
              (finding, present) -> {
                if (present) {
                  found.add(finding);
                }
              });
      return found;
    }
  }

  private void addAgreement(List<Answered> reports) {
    Map<Answered, Agreement> agreements = new IdentityHashMap<>();
    reports.forEach(each -> agreements.put(each, Agreement.of(each)));
    ToDoubleFunction<List<Answered>> both = sum(agreements, Agreement::both);
    ToDoubleFunction<List<Answered>> said = sum(agreements, Agreement::said);
    ToDoubleFunction<List<Answered>> stated = sum(agreements, Agreement::stated);
    add("reports, findings: precision", reports, d -> ratio(both, said, d));
    add("reports, findings: recall", reports, d -> ratio(both, stated, d));
    add(
        "reports, findings: F1",
        reports,
        d -> 2 * both.applyAsDouble(d) / (said.applyAsDouble(d) + stated.applyAsDouble(d)));
  }

  private void add(String task, List<Answered> reports, ToDoubleFunction<List<Answered>> figure) {
    Row.of(task, Unit.NUMBER, reports, figure).ifPresent(rows::add);
  }

  /** NaN where nothing is affirmed, as 0 / 0. */
  private static double ratio(
      ToDoubleFunction<List<Answered>> part,
      ToDoubleFunction<List<Answered>> whole,
      List<Answered> drawn) {
    return part.applyAsDouble(drawn) / whole.applyAsDouble(drawn);
  }

  private static ToDoubleFunction<List<Answered>> sum(
      Map<Answered, Agreement> agreements, ToDoubleFunction<Agreement> number) {
    return drawn ->
        drawn.stream().map(agreements::get).filter(Objects::nonNull).mapToDouble(number).sum();
  }
}
