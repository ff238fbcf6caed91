package io.overread.vlm.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How well numbers rank the yeses above the noes. */
final class RankedAnswers {

  private RankedAnswers() {}

  /** The area under the ROC curve of the probabilities. */
  static double auroc(List<? extends Judged> predictions) {
    return auroc(predictions, Judged::probability);
  }

  /** The same of those answers that have a probability; NaN of none. */
  static <T extends Judged> double ofYesNo(List<T> answers) {
    return auroc(answers.stream().filter(each -> !Double.isNaN(each.probability())).toList());
  }

  static <T extends Judged> double auroc(List<T> predictions, ToDoubleFunction<? super T> score) {
    double[] scores = new double[predictions.size()];
    boolean[] truths = new boolean[predictions.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = score.applyAsDouble(predictions.get(i));
      truths[i] = predictions.get(i).isTrue();
    }
    return auroc(scores, truths);
  }

  /**
   * The area under the ROC curve: how often a yes gets more than a no, ties counting half; NaN of
   * one class alone.
   */
  static double auroc(double[] scores, boolean[] truths) {
    int yeses = 0;
    for (boolean truth : truths) {
      yeses += truth ? 1 : 0;
    }
    int noes = truths.length - yeses;
    if (yeses == 0 || noes == 0) {
      return Double.NaN;
    }
    double[] yes = new double[yeses];
    double[] no = new double[noes];
    for (int i = 0; i < scores.length; i++) {
      if (truths[i]) {
        yes[--yeses] = scores[i];
      } else {
        no[--noes] = scores[i];
      }
    }
    Arrays.sort(yes);
    Arrays.sort(no);
    double wins = 0;
    int below = 0;
    int notAbove = 0;
    for (double score : yes) {
      while (below < no.length && no[below] < score) {
        below++;
      }
      while (notAbove < no.length && no[notAbove] <= score) {
        notAbove++;
      }
      wins += (below + notAbove) / 2.0;
    }
    return wins / ((double) yes.length * no.length);
  }
}
