package io.overread.vlm.evaluate;

import java.util.List;

/** How far probabilities lie from shares. */
final class CalibrationError {

  private static final int BINS = 15;

  private CalibrationError() {}

  /**
   * The expected calibration error of the probabilities of yes: over 15 bins of equal width, the
   * distance of their mean from the share of yeses, weighted by how many lie in the bin.
   */
  static double of(List<? extends Judged> predictions) {
    int[] count = new int[BINS];
    double[] distance = new double[BINS];
    for (Judged prediction : predictions) {
      double probability = prediction.probability();
      int bin = Math.clamp((long) (probability * BINS), 0, BINS - 1);
      count[bin]++;
      distance[bin] += probability - (prediction.isTrue() ? 1 : 0);
    }
    double sum = 0;
    for (double each : distance) {
      sum += Math.abs(each);
    }
    return predictions.isEmpty() ? Double.NaN : sum / predictions.size();
  }
}
