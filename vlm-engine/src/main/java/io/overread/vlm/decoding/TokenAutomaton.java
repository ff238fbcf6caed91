package io.overread.vlm.decoding;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A constraint over a vocabulary: which tokens may come at each point, and how many it takes at
 * least from there to an end. Immutable; safe for many threads.
 */
public final class TokenAutomaton {

  /** A constraint that needs more is refused: it would take memory without bound. */
  private static final int MOST_STATES = 8_192;

  private static final int MOST_STEPS = 4_000_000;

  private final List<State> states = new ArrayList<>();

  /**
   * Works it out.
   *
   * @throws IllegalArgumentException if these tokens can't write it, or it takes too many states
   */
  public TokenAutomaton(Constraint constraint, TokenTrie tokens) {
    // Many tokenizers write the first word with a space before it; an answer's text has none.
    Expression start =
        Expression.sequence(Expression.optional(Expression.text(" ")), constraint.expression());
    Map<Expression, Integer> numbers = new HashMap<>();
    Deque<Expression> open = new ArrayDeque<>();
    numbers.put(start, 0);
    open.add(start);
    int steps = 0;
    while (!open.isEmpty()) {
      Expression expression = open.remove();
      State state = new State(expression.mayEnd());
      states.add(state);
      walk(expression, tokens.root(), state, numbers, open);
      steps += state.tokens.size();
      if (numbers.size() > MOST_STATES || steps > MOST_STEPS) {
        throw new IllegalArgumentException("the constraint takes too many states");
      }
    }
    measure();
    if (states.getFirst().toEnd == State.NEVER) {
      throw new IllegalArgumentException("the model has no tokens to write this with");
    }
  }

  private static void walk(
      Expression expression,
      TokenTrie.Node node,
      State state,
      Map<Expression, Integer> numbers,
      Deque<Expression> open) {
    for (int token : node.ids()) {
      Integer number = numbers.get(expression);
      if (number == null) {
        number = numbers.size();
        numbers.put(expression, number);
        open.add(expression);
      }
      state.tokens.add(token);
      state.next.add(number);
    }
    for (int child = 0; child < node.children(); child++) {
      Expression after = expression.after(node.octet(child));
      if (!after.equals(Expression.NOTHING)) {
        walk(after, node.child(child), state, numbers, open);
      }
    }
  }

  /** Tokens to an end, from the ends back. */
  private void measure() {
    List<List<Integer>> before = new ArrayList<>();
    states.forEach(state -> before.add(new ArrayList<>()));
    for (int from = 0; from < states.size(); from++) {
      for (int to : states.get(from).next) {
        before.get(to).add(from);
      }
    }
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < states.size(); i++) {
      if (states.get(i).mayEnd) {
        states.get(i).toEnd = 0;
        open.add(i);
      }
    }
    while (!open.isEmpty()) {
      int to = open.remove();
      for (int from : before.get(to)) {
        if (states.get(from).toEnd == State.NEVER) {
          states.get(from).toEnd = states.get(to).toEnd + 1;
          open.add(from);
        }
      }
    }
  }

  /** The fewest tokens that an answer takes. */
  public int shortest() {
    return states.getFirst().toEnd;
  }

  State state(int number) {
    return states.get(number);
  }

  /** One point of an answer. */
  static final class State {
    static final int NEVER = Integer.MAX_VALUE;

    final boolean mayEnd;
    final List<Integer> tokens = new ArrayList<>();
    final List<Integer> next = new ArrayList<>();
    int toEnd = NEVER;

    State(boolean mayEnd) {
      this.mayEnd = mayEnd;
    }
  }
}
