package io.overread.vlm.decoding;

import org.jspecify.annotations.Nullable;

/**
 * How the next token is chosen.
 *
 * @param maxNewTokens the longest answer in tokens
 * @param temperature divides the logits; 0 takes the most probable token each time
 * @param topK keeps the K most probable tokens; 0 keeps all
 * @param topP keeps the smallest set of tokens whose probabilities reach this sum; 1 keeps all
 * @param seed where the draws start: the same seed, model and prompt give the same answer
 * @param constraint what the answer must look like; null: anything
 */
public record Decoding(
    int maxNewTokens,
    double temperature,
    int topK,
    double topP,
    long seed,
    @Nullable Constraint constraint) {

  /** Refuses what no distribution can be made of. */
  public Decoding {
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException("maxNewTokens must be at least 1");
    }
    if (!(temperature >= 0 && temperature <= 100)) {
      throw new IllegalArgumentException("temperature must lie in 0..100");
    }
    if (topK < 0) {
      throw new IllegalArgumentException("topK must not be negative");
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("topP must lie in (0, 1]");
    }
  }

  /** Without a constraint. */
  public Decoding(int maxNewTokens, double temperature, int topK, double topP, long seed) {
    this(maxNewTokens, temperature, topK, topP, seed, null);
  }

  /** The same, within a constraint. */
  public Decoding within(Constraint answer) {
    return new Decoding(maxNewTokens, temperature, topK, topP, seed, answer);
  }

  /** The same with room for some tokens more. */
  public Decoding longerBy(int tokens) {
    return new Decoding(maxNewTokens + tokens, temperature, topK, topP, seed, constraint);
  }

  /** The same from another start of the draws. */
  public Decoding from(long otherSeed) {
    return new Decoding(maxNewTokens, temperature, topK, topP, otherSeed, constraint);
  }

  /** The most probable token each time. */
  public static Decoding greedy(int maxNewTokens) {
    return new Decoding(maxNewTokens, 0, 0, 1, 0);
  }

  /** Draws at a temperature from all tokens. */
  public static Decoding sampled(int maxNewTokens, double temperature, long seed) {
    return new Decoding(maxNewTokens, temperature, 0, 1, seed);
  }

  /** Whether the most probable token is taken each time. */
  public boolean isGreedy() {
    return temperature == 0;
  }
}
