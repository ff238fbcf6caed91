package io.overread.vlm.evaluate;

import java.util.ArrayList;
import java.util.List;

/** What share of the answers of a probability turns out true. */
final class Reliability {

  private static final int BINS = 10;

  private Reliability() {}

  /**
   * A bin of a tenth.
   *
   * @param n answers in it
   * @param probability their mean
   * @param share of them that are true
   */
  record Bin(int n, double probability, double share) {}

  /** The bins that hold an answer; one without a probability is left out. */
  static List<Bin> of(List<? extends Judged> answers) {
    int[] n = new int[BINS];
    double[] probability = new double[BINS];
    int[] truths = new int[BINS];
    for (Judged answer : answers) {
      double given = answer.probability();
      if (!Double.isNaN(given)) {
        int bin = Math.clamp((long) (given * BINS), 0, BINS - 1);
        n[bin]++;
        probability[bin] += given;
        truths[bin] += answer.isTrue() ? 1 : 0;
      }
    }
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      if (n[bin] > 0) {
        bins.add(new Bin(n[bin], probability[bin] / n[bin], (double) truths[bin] / n[bin]));
      }
    }
    return bins;
  }
}
