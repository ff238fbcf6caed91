package io.overread.vlm;

import io.overread.vlm.decoding.FinishReason;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the model said.
 *
 * @param text the answer without surrounding white space; exactly the pieces that were streamed
 * @param tokens the token ids it was made of, a stop token not included; empty where a remote
 *     engine does not tell them
 * @param tokenLogProbabilities the natural logarithm of each token's probability under the model,
 *     before temperature and truncation; empty where a remote engine does not tell them
 * @param finishReason why it ended
 * @param refused whether the text is the model's refusal, as its folder words it
 * @param refusalProbability the probability that the answer starts as that refusal does, 0..1; 0 of
 *     a model without one, or where nothing was written before it was cancelled; not to be read
 *     where it is {@link #UNKNOWN}
 */
public record Answer(
    String text,
    List<Integer> tokens,
    List<Double> tokenLogProbabilities,
    FinishReason finishReason,
    boolean refused,
    double refusalProbability) {

  /** The probability of a refusal that an engine did not tell. */
  public static final double UNKNOWN = Double.NaN;

  /** Keeps its own copies. */
  public Answer {
    tokens = List.copyOf(tokens);
    tokenLogProbabilities = List.copyOf(tokenLogProbabilities);
    if (!tokens.isEmpty() && tokens.size() != tokenLogProbabilities.size()) {
      throw new IllegalArgumentException("one log-probability for each token");
    }
  }

  /** The same answer in other words, such as without what only machines read. */
  public Answer withText(String words) {
    return new Answer(
        words, tokens, tokenLogProbabilities, finishReason, refused, refusalProbability);
  }

  /** Whether the probability of a refusal is known. */
  public boolean hasRefusalProbability() {
    return !Double.isNaN(refusalProbability);
  }

  /**
   * The probability of a refusal.
   *
   * @throws IllegalStateException if it is not known, see {@link #hasRefusalProbability()}
   */
  @Override
  public double refusalProbability() {
    if (!hasRefusalProbability()) {
      throw new IllegalStateException("the engine gave no probability of a refusal");
    }
    return refusalProbability;
  }

  /**
   * The mean of the token log-probabilities; empty for an answer without tokens, and where the
   * engine gives no probabilities.
   */
  public OptionalDouble meanLogProbability() {
    return tokenLogProbabilities.stream().mapToDouble(Double::doubleValue).average();
  }
}
