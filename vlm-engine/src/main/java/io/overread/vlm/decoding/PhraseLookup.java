package io.overread.vlm.decoding;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Guesses how a text goes on from where its last tokens stood before: in the text itself, in its
 * prompt, or in one of the texts written last. Reports repeat each other's sentences. A guess costs
 * nothing but the run that finds it wrong.
 */
public final class PhraseLookup {

  /** Stands before a text's first token. */
  private static final int START = -1;

  private static final int LONGEST_MATCH = 3;
  private static final int SHORTEST_MATCH = 2;

  private final int kept;
  private final Deque<List<Integer>> texts = new ArrayDeque<>();

  /** Keeps that many of the texts written last. */
  public PhraseLookup(int kept) {
    this.kept = kept;
  }

  /** Keeps a text; the one kept longest goes. */
  public synchronized void remember(List<Integer> tokens) {
    List<Integer> text = started(tokens);
    texts.remove(text);
    texts.addFirst(text);
    if (texts.size() > kept) {
      texts.removeLast();
    }
  }

  /**
   * At most so many tokens that may come next; often none.
   *
   * @param prompt what was asked
   * @param tokens the text so far
   */
  public int[] next(List<Integer> prompt, List<Integer> tokens, int most) {
    List<Integer> text = started(tokens);
    List<List<Integer>> sources = new ArrayList<>();
    sources.add(text);
    sources.add(prompt);
    synchronized (this) {
      sources.addAll(texts);
    }
    for (int length = LONGEST_MATCH; length >= SHORTEST_MATCH; length--) {
      if (text.size() >= length) {
        List<Integer> end = text.subList(text.size() - length, text.size());
        for (List<Integer> source : sources) {
          List<Integer> found = after(source, end, most);
          if (!found.isEmpty()) {
            return found.stream().mapToInt(Integer::intValue).toArray();
          }
        }
      }
    }
    return new int[0];
  }

  /** What follows the last place of a source where these tokens stand and something follows. */
  private static List<Integer> after(List<Integer> source, List<Integer> end, int most) {
    for (int at = source.size() - end.size() - 1; at >= 0; at--) {
      int next = at + end.size();
      if (source.subList(at, next).equals(end)) {
        return source.subList(next, Math.min(source.size(), next + most));
      }
    }
    return List.of();
  }

  private static List<Integer> started(List<Integer> tokens) {
    List<Integer> text = new ArrayList<>(tokens.size() + 1);
    text.add(START);
    text.addAll(tokens);
    return text;
  }
}
