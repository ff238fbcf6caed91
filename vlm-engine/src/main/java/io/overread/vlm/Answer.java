package io.overread.vlm;

import io.overread.vlm.decoding.FinishReason;
import java.util.List;

/**
 * What the model said.
 *
 * @param text the answer without surrounding white space; exactly the pieces that were streamed
 * @param tokens the token ids it was made of, a stop token not included
 * @param tokenLogProbabilities the natural logarithm of each token's probability under the model,
 *     before temperature and truncation
 * @param finishReason why it ended
 * @param refused whether the text is the model's refusal, as its folder words it
 * @param refusalProbability the probability that the answer starts as that refusal does, 0..1; 0 of
 *     a model without one, or where nothing was written before it was cancelled
 */
public record Answer(
    String text,
    List<Integer> tokens,
    List<Double> tokenLogProbabilities,
    FinishReason finishReason,
    boolean refused,
    double refusalProbability) {

  /** Keeps its own copies. */
  public Answer {
    tokens = List.copyOf(tokens);
    tokenLogProbabilities = List.copyOf(tokenLogProbabilities);
    if (tokens.size() != tokenLogProbabilities.size()) {
      throw new IllegalArgumentException("one log-probability for each token");
    }
  }

  /** The mean of the token log-probabilities; 0 for an answer without tokens. */
  public double meanLogProbability() {
    return tokenLogProbabilities.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
