package io.overread.vlm.decoding;

import io.overread.vlm.decoding.TokenAutomaton.State;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Chooses among the tokens that keep an answer within its constraint and let it end in time. The
 * model's order among these is kept; where it gives no number, the lowest token is taken.
 */
public final class ConstrainedSampler implements TokenChooser {

  private final TokenSampler among;
  private final TokenAutomaton automaton;
  private final List<Integer> stopTokens;
  private int state;
  private int left;

  /**
   * For one answer.
   *
   * @param stopTokens tokens by which the model says that it is done
   * @param limit the most tokens it may take
   * @throws IllegalArgumentException if the shortest answer takes more
   */
  public ConstrainedSampler(
      TokenSampler among, TokenAutomaton automaton, Collection<Integer> stopTokens, int limit) {
    if (automaton.shortest() > limit) {
      throw new IllegalArgumentException(
          "the shortest answer takes " + automaton.shortest() + " tokens, " + limit + " are left");
    }
    this.among = among;
    this.automaton = automaton;
    this.stopTokens = List.copyOf(stopTokens);
    this.left = limit;
  }

  @Override
  public int choose(float[] logits) {
    State at = automaton.state(state);
    int[] fitting =
        IntStream.range(0, at.tokens.size())
            .filter(i -> at.tokens.get(i) < logits.length)
            .filter(i -> automaton.state(at.next.get(i)).toEnd < left)
            .toArray();
    int stops = at.mayEnd ? stopTokens.size() : 0;
    if (fitting.length == 0 || left == 0) {
      return END;
    }
    float[] some = new float[fitting.length + stops];
    for (int i = 0; i < fitting.length; i++) {
      some[i] = finite(logits[at.tokens.get(fitting[i])]);
    }
    for (int i = 0; i < stops; i++) {
      int stop = stopTokens.get(i);
      some[fitting.length + i] = stop < logits.length ? finite(logits[stop]) : -Float.MAX_VALUE;
    }
    int chosen = among.choose(some);
    if (chosen >= fitting.length) {
      return END;
    }
    left--;
    state = at.next.get(fitting[chosen]);
    return at.tokens.get(fitting[chosen]);
  }

  private static float finite(float logit) {
    return Float.isNaN(logit) ? -Float.MAX_VALUE : Math.clamp(logit, -1e30f, 1e30f);
  }
}
