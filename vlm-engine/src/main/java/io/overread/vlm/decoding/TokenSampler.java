package io.overread.vlm.decoding;

import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Chooses one token after another. Not for several threads. */
public final class TokenSampler implements TokenChooser {

  private final Decoding decoding;
  private final RandomGenerator random;

  /** Draws from the given source; a greedy decoding draws nothing. */
  public TokenSampler(Decoding decoding, RandomGenerator random) {
    this.decoding = decoding;
    this.random = random;
  }

  @Override
  public int choose(float[] logits) {
    return decoding.isGreedy() ? mostProbable(logits) : drawn(logits);
  }

  private static int mostProbable(float[] logits) {
    int best = 0;
    for (int token = 1; token < logits.length; token++) {
      if (logits[token] > logits[best]) {
        best = token;
      }
    }
    return best;
  }

  private int drawn(float[] logits) {
    // Ties go to the lower id, so that the order never depends on the sort.
    int[] tokens =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(t -> -logits[t]).thenComparing(t -> t))
            .limit(decoding.topK() == 0 ? logits.length : decoding.topK())
            .mapToInt(Integer::intValue)
            .toArray();
    double[] weights = new double[tokens.length];
    double sum = 0;
    for (int i = 0; i < tokens.length; i++) {
      weights[i] = Math.exp((logits[tokens[i]] - logits[tokens[0]]) / decoding.temperature());
      sum += weights[i];
    }
    int kept = nucleus(weights, sum * decoding.topP());
    double rest = 0;
    for (int i = 0; i < kept; i++) {
      rest += weights[i];
    }
    double point = random.nextDouble() * rest;
    for (int i = 0; i < kept; i++) {
      point -= weights[i];
      if (point < 0) {
        return tokens[i];
      }
    }
    return tokens[kept - 1];
  }

  /** How many of the heaviest reach the mass; at least one. */
  private static int nucleus(double[] weights, double mass) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      if (sum >= mass) {
        return i + 1;
      }
    }
    return weights.length;
  }
}
