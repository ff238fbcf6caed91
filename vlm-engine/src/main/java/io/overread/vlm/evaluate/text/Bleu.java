package io.overread.vlm.evaluate.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BLEU of a corpus as sacrebleu 2 counts it with {@code case:lc|eff:no|tok:13a|smooth:exp}: the
 * geometric mean of the clipped n-gram precisions times the brevity penalty, an order without a
 * match counting as 1/2, 1/4, ... of one.
 */
public final class Bleu {

  /** The longest n-grams that are counted. */
  public static final int HIGHEST_ORDER = 4;

  private Bleu() {}

  /**
   * What one answer adds to a corpus.
   *
   * @param matches n-grams that a reference has too, by order from 1
   * @param total n-grams of the answer, by order from 1
   * @param length tokens of the answer
   * @param reference tokens of the reference that is nearest in length
   */
  public record Counts(List<Integer> matches, List<Integer> total, int length, int reference) {

    /** Keeps its own copies. */
    public Counts {
      matches = List.copyOf(matches);
      total = List.copyOf(total);
    }
  }

  /** Counts one answer against its references, at least one. */
  public static Counts count(String answer, List<String> references) {
    List<String> said = BleuTokens.of(answer);
    List<List<String>> stated = references.stream().map(BleuTokens::of).toList();
    List<Integer> matches = new ArrayList<>();
    List<Integer> total = new ArrayList<>();
    for (int order = 1; order <= HIGHEST_ORDER; order++) {
      Map<List<String>, Integer> allowed = new HashMap<>();
      for (List<String> reference : stated) {
        ngrams(reference, order).forEach((ngram, times) -> allowed.merge(ngram, times, Math::max));
      }
      int common = 0;
      for (var ngram : ngrams(said, order).entrySet()) {
        common += Math.min(ngram.getValue(), allowed.getOrDefault(ngram.getKey(), 0));
      }
      matches.add(common);
      total.add(Math.max(0, said.size() - order + 1));
    }
    return new Counts(matches, total, said.size(), nearest(said.size(), stated));
  }

  /**
   * BLEU up to an order.
   *
   * @param order from 1 to {@link #HIGHEST_ORDER}
   * @return 0..1; NaN of nothing
   */
  public static double of(Collection<Counts> corpus, int order) {
    long length = 0;
    long reference = 0;
    long[] matches = new long[order];
    long[] total = new long[order];
    for (Counts counts : corpus) {
      length += counts.length();
      reference += counts.reference();
      for (int n = 0; n < order; n++) {
        matches[n] += counts.matches().get(n);
        total[n] += counts.total().get(n);
      }
    }
    if (corpus.isEmpty()) {
      return Double.NaN;
    }
    return precision(matches, total) * brevity(length, reference);
  }

  private static double precision(long[] matches, long[] total) {
    double logs = 0;
    double smoothed = 1;
    boolean none = true;
    for (int n = 0; n < matches.length; n++) {
      none &= matches[n] == 0;
      if (total[n] == 0) {
        return 0;
      }
      if (matches[n] == 0) {
        smoothed *= 2;
        logs += Math.log(1 / (smoothed * total[n]));
      } else {
        logs += Math.log((double) matches[n] / total[n]);
      }
    }
    return none ? 0 : Math.exp(logs / matches.length);
  }

  private static double brevity(long length, long reference) {
    if (length >= reference) {
      return 1;
    }
    return length == 0 ? 0 : Math.exp(1 - (double) reference / length);
  }

  private static Map<List<String>, Integer> ngrams(List<String> tokens, int order) {
    Map<List<String>, Integer> counts = new HashMap<>();
    for (int from = 0; from + order <= tokens.size(); from++) {
      counts.merge(tokens.subList(from, from + order), 1, Integer::sum);
    }
    return counts;
  }

  /** Of two that are as near, the shorter. */
  private static int nearest(int length, List<List<String>> references) {
    int best = references.getFirst().size();
    for (List<String> reference : references) {
      int size = reference.size();
      int closer = Integer.compare(Math.abs(size - length), Math.abs(best - length));
      if (closer < 0 || (closer == 0 && size < best)) {
        best = size;
      }
    }
    return best;
  }
}
