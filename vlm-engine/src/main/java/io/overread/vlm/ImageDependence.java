package io.overread.vlm;

import java.util.List;

/**
 * How much an answer that was written owes to the image: its tokens' log-probabilities with the
 * image beside those that the same tokens get from the same prompt without an image ("none" of
 * CEBaG, arXiv 2603.21693). Text that is as likely without the image was not read from it.
 *
 * @param whole the whole answer
 * @param sentences sentence by sentence, in their order
 */
public record ImageDependence(Part whole, List<Sentence> sentences) {

  /** Keeps its own copy. */
  public ImageDependence {
    sentences = List.copyOf(sentences);
  }

  /** A sentence of the answer. */
  public record Sentence(String text, Part part) {}

  /**
   * Some tokens of an answer, all logarithms natural.
   *
   * @param tokens how many, at least 1
   * @param mean of their log-probabilities with the image
   * @param variance of these
   * @param shift mean of log-probability with the image minus without; 0: the image changed nothing
   */
  public record Part(int tokens, double mean, double variance, double shift) {

    static Part of(List<Double> seen, List<Double> unseen) {
      int n = seen.size();
      if (n == 0 || unseen.size() != n) {
        throw new IllegalArgumentException("one log-probability without the image for each token");
      }
      double sum = 0;
      double without = 0;
      for (int i = 0; i < n; i++) {
        sum += seen.get(i);
        without += unseen.get(i);
      }
      double mean = sum / n;
      double squares = 0;
      for (double each : seen) {
        squares += (each - mean) * (each - mean);
      }
      return new Part(n, mean, squares / n, (sum - without) / n);
    }
  }
}
