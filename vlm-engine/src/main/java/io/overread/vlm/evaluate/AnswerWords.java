package io.overread.vlm.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Answers in words, compared as SQuAD compares them: case, punctuation and articles do not count.
 */
final class AnswerWords {

  private static final Pattern PUNCTUATION = Pattern.compile("[\\p{Punct}\\p{IsPunctuation}]");
  private static final Pattern ARTICLES = Pattern.compile("\\b(a|an|the)\\b");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private AnswerWords() {}

  /** Lower case, no punctuation, no articles, one space between words. */
  static String normalised(String text) {
    String words = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    return SPACES.matcher(ARTICLES.matcher(words).replaceAll(" ")).replaceAll(" ").strip();
  }

  /** Whether two answers are the same words. */
  static boolean same(String one, String other) {
    return normalised(one).equals(normalised(other));
  }

  /**
   * The harmonic mean of the share of the answer's words that are in the truth and of the truth's
   * that are in the answer, each word as often as it is there; 0..1.
   */
  static double tokenF1(String answer, String truth) {
    List<String> said = words(answer);
    List<String> stated = words(truth);
    if (said.isEmpty() || stated.isEmpty()) {
      return said.equals(stated) ? 1 : 0;
    }
    Map<String, Integer> left = new HashMap<>();
    stated.forEach(word -> left.merge(word, 1, Integer::sum));
    int common = 0;
    for (String word : said) {
      if (left.merge(word, -1, Integer::sum) >= 0) {
        common++;
      }
    }
    return 2.0 * common / (said.size() + stated.size());
  }

  private static List<String> words(String text) {
    String normalised = normalised(text);
    return normalised.isEmpty() ? List.of() : List.of(normalised.split(" "));
  }
}
