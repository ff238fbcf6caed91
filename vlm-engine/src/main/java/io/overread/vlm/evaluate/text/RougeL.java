package io.overread.vlm.evaluate.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * ROUGE-L of one answer as the package rouge-score counts it without stemming: the F measure of the
 * longest common subsequence of words, which are runs of ASCII letters and digits in lower case.
 */
public final class RougeL {

  private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");

  private RougeL() {}

  /** The best over the references, 0..1. */
  public static double of(String answer, List<String> references) {
    List<String> said = words(answer);
    return references.stream()
        .mapToDouble(reference -> of(said, words(reference)))
        .max()
        .orElse(Double.NaN);
  }

  private static double of(List<String> said, List<String> stated) {
    int common = common(said, stated);
    // 2PR / (P + R) with P = common / said and R = common / stated
    return common == 0 ? 0 : 2.0 * common / (said.size() + stated.size());
  }

  private static int common(List<String> one, List<String> other) {
    int[] row = new int[other.size() + 1];
    for (String word : one) {
      int diagonal = 0;
      for (int at = 1; at < row.length; at++) {
        int above = row[at];
        row[at] = word.equals(other.get(at - 1)) ? diagonal + 1 : Math.max(above, row[at - 1]);
        diagonal = above;
      }
    }
    return row[other.size()];
  }

  private static List<String> words(String text) {
    String spaced = NO_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    return spaced.isEmpty() ? List.of() : List.of(spaced.split(" "));
  }
}
