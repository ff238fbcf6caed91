package io.overread.vlm.evaluate.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * VQAv2's accuracy: an answer that three of the other nine people gave is right. Answers of both
 * sides are compared in lower case without punctuation and articles, number words as digits, and
 * without apostrophes, which stands for the published list of contractions.
 */
public final class TenAnswers {

  private static final int ENOUGH = 3;
  private static final Set<String> ARTICLES = Set.of("a", "an", "the");
  private static final Map<String, String> NUMBERS =
      Map.ofEntries(
          Map.entry("none", "0"),
          Map.entry("zero", "0"),
          Map.entry("one", "1"),
          Map.entry("two", "2"),
          Map.entry("three", "3"),
          Map.entry("four", "4"),
          Map.entry("five", "5"),
          Map.entry("six", "6"),
          Map.entry("seven", "7"),
          Map.entry("eight", "8"),
          Map.entry("nine", "9"),
          Map.entry("ten", "10"));
  private static final String MARKS = ";/[]\"{}()=+\\_-><@`,?!:";
  private static final Pattern FULL_STOP = Pattern.compile("(?<!\\d)\\.(?!\\d)|\\.$");
  private static final Pattern THOUSANDS = Pattern.compile("(\\d),(\\d)");

  private TenAnswers() {}

  /**
   * The mean over the people of what their nine fellows grant, 0..1.
   *
   * @param people what each of them answered, usually ten
   */
  public static double accuracy(String answer, List<String> people) {
    String said = normalised(answer);
    List<Boolean> same = people.stream().map(person -> normalised(person).equals(said)).toList();
    long all = same.stream().filter(one -> one).count();
    return same.stream()
        .mapToDouble(own -> Math.min(1, (double) (all - (own ? 1 : 0)) / ENOUGH))
        .average()
        .orElse(Double.NaN);
  }

  static String normalised(String text) {
    String line = text.replace('\n', ' ').replace('\t', ' ').strip().toLowerCase(Locale.ROOT);
    line = THOUSANDS.matcher(line).replaceAll("$1$2").replace("'", "").replace("\u2019", "");
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char mark = line.charAt(i);
      plain.append(MARKS.indexOf(mark) >= 0 ? ' ' : mark);
    }
    List<String> words = new ArrayList<>();
    for (String word : FULL_STOP.matcher(plain).replaceAll("").strip().split("\\s+")) {
      String counted = NUMBERS.getOrDefault(word, word);
      if (!ARTICLES.contains(counted)) {
        words.add(counted);
      }
    }
    return String.join(" ", words);
  }
}
