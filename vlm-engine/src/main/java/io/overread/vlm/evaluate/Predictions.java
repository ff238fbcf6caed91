package io.overread.vlm.evaluate;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All predictions of a run, and the parts of them that a figure is about. */
record Predictions(List<Prediction> all) {

  Predictions {
    all = List.copyOf(all);
  }

  List<Prediction> of(Task task) {
    return of(task, prediction -> true);
  }

  List<Prediction> of(Task task, String source) {
    return of(task, prediction -> prediction.subject().source().equals(source));
  }

  List<Prediction> of(Task task, Predicate<Prediction> which) {
    return all.stream().filter(p -> p.task() == task).filter(which).toList();
  }

  /** The answers to one finding's question on a source's images. */
  List<Prediction> ofFinding(String source, String finding) {
    return of(
        Task.FINDING, p -> p.subject().source().equals(source) && finding.equals(p.finding()));
  }

  /** The share of the commonest truth, as answers are compared. */
  static double majority(List<Prediction> predictions) {
    Map<String, Long> counts =
        predictions.stream()
            .map(Prediction::truth)
            .map(AnswerWords::normalised)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return (double) most / predictions.size();
  }

  /** 1 where the text is the stated one, as answers are compared, otherwise 0. */
  static double rightInWords(Prediction prediction) {
    return AnswerWords.same(prediction.answer(), prediction.truth()) ? 1 : 0;
  }
}
