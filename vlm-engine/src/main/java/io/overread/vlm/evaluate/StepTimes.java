package io.overread.vlm.evaluate;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How long each step took, in milliseconds; filled by several threads. */
final class StepTimes {

  private final Queue<Double> images = new ConcurrentLinkedQueue<>();
  private final Queue<Double> questions = new ConcurrentLinkedQueue<>();
  private final Queue<Double> tokens = new ConcurrentLinkedQueue<>();

  void encoded(long nanoseconds) {
    images.add(nanoseconds / 1e6);
  }

  /** So many questions were scored in one run. */
  void scored(long nanoseconds, int count) {
    questions.add(nanoseconds / 1e6 / count);
  }

  /** So many tokens were written after the first. */
  void wrote(long nanoseconds, int count) {
    tokens.add(nanoseconds / 1e6 / count);
  }

  Medians medians() {
    return new Medians(
        Bootstrap.median(images), Bootstrap.median(questions), Bootstrap.median(tokens));
  }

  /**
   * The middle of each, in milliseconds; NaN where there was none.
   *
   * @param image encoding an image and the prompt's start
   * @param question scoring one yes/no question of a batch
   * @param token writing one more token
   */
  record Medians(double image, double question, double token) {}
}
