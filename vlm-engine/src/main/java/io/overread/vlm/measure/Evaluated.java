package io.overread.vlm.measure;

import java.util.ArrayList;
import java.util.List;

/** Probabilities given to one question, beside what the sources state. */
final class Evaluated {

  private final List<Double> probabilities = new ArrayList<>();
  private final List<Boolean> truths = new ArrayList<>();

  void add(double probability, boolean truth) {
    probabilities.add(probability);
    truths.add(truth);
  }

  int size() {
    return truths.size();
  }

  int positive() {
    return (int) truths.stream().filter(truth -> truth).count();
  }

  /**
   * Area under the ROC curve: how often a yes gets more than a no, ties counting half; NaN of one
   * class.
   */
  double auroc() {
    double wins = 0;
    for (int i = 0; i < size(); i++) {
      for (int j = 0; j < size(); j++) {
        if (truths.get(i) && !truths.get(j)) {
          int order = Double.compare(probabilities.get(i), probabilities.get(j));
          wins += order > 0 ? 1 : order == 0 ? 0.5 : 0;
        }
      }
    }
    return wins / ((double) positive() * (size() - positive()));
  }

  /** Share of right answers at a probability of one half. */
  double accuracy() {
    int right = 0;
    for (int i = 0; i < size(); i++) {
      right += (probabilities.get(i) >= 0.5) == truths.get(i) ? 1 : 0;
    }
    return (double) right / size();
  }

  /** Accuracy of always giving the commoner answer. */
  double majority() {
    return (double) Math.max(positive(), size() - positive()) / size();
  }

  /** Mean squared distance of probability and truth. */
  double brier() {
    double sum = 0;
    for (int i = 0; i < size(); i++) {
      double distance = probabilities.get(i) - (truths.get(i) ? 1 : 0);
      sum += distance * distance;
    }
    return sum / size();
  }
}
