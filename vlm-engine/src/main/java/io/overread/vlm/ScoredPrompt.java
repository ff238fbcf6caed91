package io.overread.vlm;

import io.overread.vlm.decoding.LogProbabilities;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A question's prompt and the rows that its answers are read from: a row is the prompt and an
 * answer but its last token, so answers of one token share the prompt itself.
 */
final class ScoredPrompt {

  private final AnswerTexts answers;
  private final int last;
  private final Map<List<Integer>, ScoredRow> rows = new LinkedHashMap<>();

  ScoredPrompt(int[] prompt, AnswerTexts answers) {
    this.answers = answers;
    this.last = prompt.length - 1;
    for (List<List<Integer>> side : List.of(answers.yes(), answers.no())) {
      for (List<Integer> answer : side) {
        rows.computeIfAbsent(start(answer), start -> row(prompt, start));
      }
    }
  }

  private ScoredRow row(int[] prompt, List<Integer> start) {
    int[] ids = Arrays.copyOf(prompt, prompt.length + start.size());
    for (int i = 0; i < start.size(); i++) {
      ids[prompt.length + i] = start.get(i);
    }
    return new ScoredRow(ids, last);
  }

  private static List<Integer> start(List<Integer> answer) {
    return answer.subList(0, answer.size() - 1);
  }

  Collection<ScoredRow> rows() {
    return rows.values();
  }

  /** The score, once all the rows were run. */
  AnswerScore score(String question, Refusal refusal) {
    // Every row is read from the prompt's end on; any of them will do.
    LogProbabilities first = rows.values().iterator().next().after(last);
    return new AnswerScore(
        question, sum(answers.yes()), sum(answers.no()), refusal.probability(first));
  }

  private double sum(List<List<Integer>> side) {
    double[] each = new double[side.size()];
    for (int i = 0; i < each.length; i++) {
      List<Integer> answer = side.get(i);
      ScoredRow row = Objects.requireNonNull(rows.get(start(answer)));
      for (int k = 0; k < answer.size(); k++) {
        each[i] += row.after(last + k).of(answer.get(k));
      }
    }
    return LogProbabilities.logSumExp(each);
  }
}
