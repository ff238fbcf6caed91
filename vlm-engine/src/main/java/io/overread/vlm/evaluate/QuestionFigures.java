package io.overread.vlm.evaluate;

import io.overread.vlm.evaluate.Row.Unit;
import io.overread.vlm.evaluate.published.Truth.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The figures of a set of questions. */
final class QuestionFigures {

  /** Of fewer questions a type's accuracy says little. */
  private static final int ENOUGH = 10;

  private final List<Answered> all;
  private final List<Answered> seen;
  private final List<Row> rows = new ArrayList<>();

  private QuestionFigures(List<Answered> answered) {
    this.all = answered.stream().filter(QuestionFigures::isJudged).toList();
    this.seen = of(Condition.SEEN);
  }

  static Figures of(List<Answered> answered) {
    QuestionFigures figures = new QuestionFigures(answered);
    figures.addAccuracy();
    figures.addTypes();
    figures.rows.addAll(WordRows.of(answered));
    figures.addBaselines();
    figures.addTrust();
    List<Subgroup.Split<Answered>> splits = figures.splits();
    List<Answered> confident = figures.confident();
    return new Figures(
        "questions",
        figures.rows,
        splits.stream()
            .flatMap(split -> Subgroup.of(split, Answered::right, RankedAnswers::ofYesNo).stream())
            .toList(),
        splits.stream()
            .map(split -> Gap.of(split, Answered::right))
            .flatMap(Optional::stream)
            .toList(),
        RiskCoverage.of(confident, Answered::confidence, each -> 1 - each.right()),
        Reliability.of(confident.stream().map(Answered::asConfident).toList()));
  }

  private static boolean isJudged(Answered answered) {
    return answered.asked().truth().rule() != Rule.REPORT;
  }

  private List<Answered> of(Condition condition) {
    return all.stream().filter(each -> each.condition() == condition).toList();
  }

  private void addAccuracy() {
    String rules =
        seen.stream()
            .map(each -> each.asked().truth().rule().words())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    accuracy("accuracy (" + rules + ")", seen);
    Map<Boolean, List<Answered>> closed =
        seen.stream().collect(Collectors.partitioningBy(each -> each.asked().truth().closed()));
    List<Answered> open = closed.getOrDefault(false, List.of());
    List<Answered> shut = closed.getOrDefault(true, List.of());
    if (!open.isEmpty()) {
      accuracy("closed, accuracy", shut);
      accuracy("open, accuracy", shut.isEmpty() ? List.of() : open);
    }
    Row.mean("refused", Unit.SHARE, seen, each -> each.reply().refused() ? 1 : 0)
        .ifPresent(rows::add);
  }

  private void accuracy(String task, List<Answered> some) {
    Row.mean(task, Unit.SHARE, some, Answered::right)
        .map(row -> row.beside("majority", AnswerJudge.majority(some)))
        .ifPresent(rows::add);
  }

  private void addTypes() {
    SortedMap<String, List<Answered>> types = new TreeMap<>();
    seen.forEach(
        each -> types.computeIfAbsent(each.asked().type(), key -> new ArrayList<>()).add(each));
    if (types.size() > 1) {
      types.forEach(
          (type, some) ->
              accuracy("of type " + type + ", accuracy", some.size() < ENOUGH ? List.of() : some));
    }
  }

  /** What the model is right about without seeing what is asked about. */
  private void addBaselines() {
    baseline("a black image", of(Condition.BLANK));
    baseline("another question's image", of(Condition.SHUFFLED));
  }

  private void baseline(String image, List<Answered> without) {
    Map<String, Double> right = new LinkedHashMap<>();
    without.forEach(each -> right.put(each.asked().origin().id(), each.right()));
    List<Answered> both =
        seen.stream().filter(each -> right.containsKey(each.asked().origin().id())).toList();
    Row.mean("accuracy on " + image, Unit.SHARE, without, Answered::right).ifPresent(rows::add);
    Row.mean(
            "accuracy lost on " + image,
            Unit.POINTS,
            both,
            each -> each.right() - right.getOrDefault(each.asked().origin().id(), Double.NaN))
        .ifPresent(rows::add);
  }

  private void addTrust() {
    List<Answered> likely =
        seen.stream().filter(each -> !Double.isNaN(each.probability())).toList();
    Row.of("yes/no, AUROC", Unit.NUMBER, likely, RankedAnswers::auroc)
        .map(row -> row.beside("chance", 0.5))
        .ifPresent(rows::add);
    Row.of("yes/no, expected calibration error", Unit.NUMBER, likely, CalibrationError::of)
        .ifPresent(rows::add);
    List<Judged> confident = confident().stream().map(Answered::asConfident).toList();
    Row.of(
            "answers in words, expected calibration error",
            Unit.NUMBER,
            confident,
            CalibrationError::of)
        .ifPresent(rows::add);
    Row.of(
            "area under the risk-coverage curve",
            Unit.NUMBER,
            confident(),
            QuestionFigures::areaUnderRisk)
        .ifPresent(rows::add);
  }

  /** Those with a confidence. */
  private List<Answered> confident() {
    return seen.stream().filter(each -> !Double.isNaN(each.confidence())).toList();
  }

  private static double areaUnderRisk(List<Answered> some) {
    return RiskCoverage.of(some, Answered::confidence, each -> 1 - each.right()).stream()
        .mapToDouble(RiskCoverage.Kept::error)
        .average()
        .orElse(Double.NaN);
  }

  private List<Subgroup.Split<Answered>> splits() {
    return List.of(
        split("sex", each -> each.asked().origin().sex()),
        split("age", each -> Subgroup.band(each.asked().origin().age())),
        split("scanner", each -> each.asked().origin().scanner()));
  }

  private Subgroup.Split<Answered> split(String by, Function<Answered, @Nullable String> part) {
    return Subgroup.Split.of(by, seen, part);
  }
}
