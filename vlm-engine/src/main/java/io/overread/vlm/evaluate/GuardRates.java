package io.overread.vlm.evaluate;

import io.overread.vlm.evaluate.GuardSample.Answered;
import io.overread.vlm.evaluate.GuardSample.Said;
import io.overread.vlm.evaluate.GuardSample.Scored;
import io.overread.vlm.guard.ChangeGuard;
import io.overread.vlm.guard.LateralityGuard;
import io.overread.vlm.guard.MeasurementGuard;
import io.overread.vlm.guard.SentenceGuard;
import io.overread.vlm.guard.marker.Side;
import io.overread.vlm.model.AnswerCalibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How often each guard objects to what is right, and to what is not.
 *
 * <p>The three that are fitted are rated on the half of the groups that they were not fitted on.
 */
final class GuardRates {

  private final List<GuardSample> samples;
  private final List<String> lines = new ArrayList<>();

  private GuardRates(List<GuardSample> samples) {
    this.samples = samples;
  }

  /** A table in Markdown. */
  static String table(List<GuardSample> samples) {
    GuardRates rates = new GuardRates(samples);
    rates.lines.add("| guard | on | false alarms | | caught | |");
    rates.lines.add("| --- | --- | --- | --- | --- | --- |");
    rates.images();
    rates.fitted();
    rates.contradiction();
    rates.words(
        "statement of change",
        new ChangeGuard(false),
        WrittenSentences.NO_CHANGE,
        WrittenSentences.CHANGE);
    rates.words(
        "measurement",
        new MeasurementGuard(),
        WrittenSentences.NO_MEASUREMENT,
        WrittenSentences.MEASUREMENT);
    rates.words(
        "laterality, header says right",
        LateralityGuard.of(Side.RIGHT),
        WrittenSentences.NO_SIDE,
        WrittenSentences.LEFT);
    return String.join("\n", rates.lines) + "\n";
  }

  private void images() {
    List<GuardSample> real =
        samples.stream().filter(sample -> sample.kind().equals(ImageReading.REAL)).toList();
    TreeSet<String> kinds = new TreeSet<>();
    samples.forEach(sample -> kinds.add(sample.kind()));
    kinds.remove(ImageReading.REAL);
    for (String kind : kinds) {
      row(
          "unusable image",
          kind,
          share(real, GuardSample::unusable),
          share(
              samples.stream().filter(sample -> sample.kind().equals(kind)).toList(),
              GuardSample::unusable));
    }
  }

  private void fitted() {
    Halves halves = Halves.of(samples);
    row(
        "image dependence, finding",
        "scores with the image; with a black one",
        halves.share(GuardSample::findings, (fit, s) -> below(s.shift(), fit.findingShift())),
        halves.share(GuardSample::findings, (fit, s) -> below(s.black(), fit.findingShift())));
    row(
        "image dependence, finding called present",
        "calls that are right; that are wrong",
        halves.share(
            sample -> sample.findings().stream().filter(s -> isCalled(s) && s.truth()).toList(),
            (fit, s) -> below(s.shift(), fit.findingShift())),
        halves.share(
            sample -> sample.findings().stream().filter(s -> isCalled(s) && !s.truth()).toList(),
            (fit, s) -> below(s.shift(), fit.findingShift())));
    row(
        "image dependence, sentence",
        "its own sentences; another report's of the same source",
        halves.share(
            sample -> sample.sentences().stream().filter(Said::own).toList(),
            (fit, s) -> below(s.shift(), fit.sentenceShift())),
        halves.share(
            sample -> sample.sentences().stream().filter(s -> !s.own()).toList(),
            (fit, s) -> below(s.shift(), fit.sentenceShift())));
    row(
        "image dependence, answer in words",
        "answers that are right; that are wrong",
        halves.share(
            sample -> answered(sample).filter(a -> a.yes() == null && a.right()).toList(),
            (fit, a) -> below(a.part().shift(), fit.answerShift())),
        halves.share(
            sample -> answered(sample).filter(a -> a.yes() == null && !a.right()).toList(),
            (fit, a) -> below(a.part().shift(), fit.answerShift())));
    answers(halves, "low probability, free questions", answer -> answer.free());
    answers(halves, "low probability, yes or no", answer -> answer.free() && answer.yes() != null);
    answers(
        halves, "low probability, other words", answer -> answer.free() && answer.yes() == null);
    answers(halves, "low probability, body part", answer -> !answer.free());
  }

  private void answers(Halves halves, String guard, Predicate<Answered> which) {
    row(
        guard,
        "answers that are right; that are wrong",
        halves.share(
            sample -> answered(sample).filter(which).filter(Answered::right).toList(),
            GuardRates::withheld),
        halves.share(
            sample -> answered(sample).filter(which).filter(a -> !a.right()).toList(),
            GuardRates::withheld));
  }

  private static Stream<Answered> answered(GuardSample sample) {
    return sample.answers().stream().filter(answer -> !answer.refused());
  }

  private static boolean withheld(LimitsFit fit, Answered answer) {
    AnswerCalibration calibration = fit.answers();
    Double yes = answer.yes();
    if (calibration == null) {
      return false;
    }
    double probability =
        yes != null
            ? yes
            : calibration.probability(
                answer.part().mean(), answer.part().variance(), answer.part().shift());
    return probability < calibration.threshold();
  }

  private static boolean isCalled(Scored scored) {
    return scored.probability() >= GuardReading.PRESENT_FROM;
  }

  private static boolean below(double shift, @org.jspecify.annotations.Nullable Double least) {
    return least != null && shift < least;
  }

  private void contradiction() {
    List<Said> own =
        samples.stream().flatMap(sample -> sample.sentences().stream()).filter(Said::own).toList();
    row(
        "contradiction of score and text",
        "sentences that are right; that are wrong",
        share(
            own.stream().filter(s -> Boolean.TRUE.equals(s.right())).toList(), Said::contradicted),
        share(
            own.stream().filter(s -> Boolean.FALSE.equals(s.right())).toList(),
            Said::contradicted));
    List<Said> others =
        samples.stream()
            .flatMap(sample -> sample.sentences().stream())
            .filter(s -> !s.own() && Boolean.FALSE.equals(s.right()))
            .toList();
    row(
        "contradiction of score and text",
        "another report's wrong sentences",
        "",
        share(others, Said::contradicted));
  }

  /** False alarms also on all that the model said of the data, which states no such thing. */
  private void words(String name, SentenceGuard guard, List<String> harmless, List<String> meant) {
    List<String> said =
        Stream.concat(
                samples.stream()
                    .flatMap(sample -> sample.sentences().stream())
                    .filter(Said::own)
                    .map(Said::text),
                samples.stream().flatMap(sample -> sample.answers().stream()).map(Answered::text))
            .toList();
    Predicate<String> objects = text -> guard.objection(text).isPresent();
    row(name, "sentences written for it", share(harmless, objects), share(meant, objects));
    row(name, "all that the model wrote", share(said, objects), "");
  }

  private void row(String guard, String on, String falseAlarms, String caught) {
    lines.add(line(guard, on, falseAlarms, caught));
  }

  /** A row of the table. */
  static String line(String guard, String on, String falseAlarms, String caught) {
    return "| " + guard + " | " + on + " | " + cells(falseAlarms) + " | " + cells(caught) + " |";
  }

  private static String cells(String rate) {
    return rate.isEmpty() ? " | " : rate;
  }

  /** How many are objected to; empty of none. */
  static <T> String share(List<T> all, Predicate<T> objected) {
    return told(all.stream().filter(objected).count(), all.size());
  }

  private static String told(long objected, long all) {
    return all == 0
        ? ""
        : String.format(Locale.ROOT, "%.1f %% | %d of %d", 100.0 * objected / all, objected, all);
  }

  /** Two halves of the groups, each with what was fitted on the other. */
  private record Halves(
      List<GuardSample> one, LimitsFit forOne, List<GuardSample> other, LimitsFit forOther) {

    static Halves of(List<GuardSample> samples) {
      List<GuardSample> real =
          samples.stream().filter(sample -> sample.kind().equals(ImageReading.REAL)).toList();
      List<GuardSample> one = real.stream().filter(s -> (s.group().hashCode() & 1) == 0).toList();
      List<GuardSample> other = real.stream().filter(s -> (s.group().hashCode() & 1) != 0).toList();
      return new Halves(one, LimitsFit.of(other), other, LimitsFit.of(one));
    }

    <T> String share(
        java.util.function.Function<GuardSample, List<T>> what,
        java.util.function.BiPredicate<LimitsFit, T> objects) {
      List<T> first = one.stream().flatMap(sample -> what.apply(sample).stream()).toList();
      List<T> second = other.stream().flatMap(sample -> what.apply(sample).stream()).toList();
      long objected =
          first.stream().filter(each -> objects.test(forOne, each)).count()
              + second.stream().filter(each -> objects.test(forOther, each)).count();
      return told(objected, first.size() + second.size());
    }
  }
}
