package io.overread.vlm.evaluate;

import io.overread.vlm.evaluate.published.AskedQuestion;
import io.overread.vlm.evaluate.published.Truth;
import io.overread.vlm.evaluate.text.ChosenLetter;
import io.overread.vlm.evaluate.text.StatedNumber;
import io.overread.vlm.evaluate.text.TenAnswers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares answers with the truth by the rule of their question. */
final class AnswerJudge {

  /** OCRBench's formulas: case counts, spaces do not. */
  private static final String FORMULAS = "HME100k";

  private AnswerJudge() {}

  /** How right a text is, 0..1; NaN of a report, of which no text is the right one. */
  static double right(AskedQuestion asked, String text) {
    Truth truth = asked.truth();
    return switch (truth.rule()) {
      case WORDS -> truth.isYesOrNo() ? share(saysFirst(text, truth)) : exact(asked, text);
      case TEN_ANSWERS -> TenAnswers.accuracy(text, truth.answers());
      case CONTAINED -> share(contains(asked, text));
      case CHOICE ->
          share(
              ChosenLetter.of(text, truth.choices())
                  .map(truth.choices()::get)
                  .filter(truth.answers()::contains)
                  .isPresent());
      case NUMBER -> share(StatedNumber.same(text, truth.answers().getFirst(), truth.decimals()));
      case REPORT -> Double.NaN;
    };
  }

  /** 1 where the text is one of the right answers, as answers are compared, otherwise 0. */
  static double exact(AskedQuestion asked, String text) {
    return share(
        asked.truth().answers().stream().anyMatch(answer -> AnswerWords.same(text, answer)));
  }

  /** A yes/no question is answered by the first word. */
  private static boolean saysFirst(String text, Truth truth) {
    String said = AnswerWords.normalised(text);
    String first = said.contains(" ") ? said.substring(0, said.indexOf(' ')) : said;
    return first.equals(AnswerWords.normalised(truth.answers().getFirst()));
  }

  private static boolean contains(AskedQuestion asked, String text) {
    boolean formula = asked.type().equals(FORMULAS);
    String said = plain(text, formula);
    return asked.truth().answers().stream()
        .map(answer -> plain(answer, formula))
        .anyMatch(answer -> !answer.isEmpty() && said.contains(answer));
  }

  private static String plain(String text, boolean formula) {
    String line = text.strip().replace("\n", " ");
    return formula ? line.replace(" ", "") : line.toLowerCase(Locale.ROOT);
  }

  private static double share(boolean right) {
    return right ? 1 : 0;
  }

  /**
   * What could be had by always giving the commonest answer: the mean over the questions, of which
   * there is at least one.
   */
  static double majority(List<Answered> answered) {
    Map<String, Long> counts =
        answered.stream()
            .map(each -> first(each.asked().truth()))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    String commonest =
        counts.entrySet().stream()
            .max(
                Map.Entry.<String, Long>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .orElse("");
    return answered.stream()
        .mapToDouble(each -> right(each.asked(), commonest))
        .average()
        .orElse(Double.NaN);
  }

  /** Of a choice its letter, as two questions share nothing else. */
  private static String first(Truth truth) {
    String answer = truth.answers().getFirst();
    return truth.rule() == Truth.Rule.CHOICE
        ? ChosenLetter.letter(truth.choices().indexOf(answer))
        : answer.strip().toLowerCase(Locale.ROOT);
  }
}
