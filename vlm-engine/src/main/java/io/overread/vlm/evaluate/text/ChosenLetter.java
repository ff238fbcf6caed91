package io.overread.vlm.evaluate.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which of several choices an answer in words takes. */
public final class ChosenLetter {

  private static final Pattern ALONE = Pattern.compile("^\\W*([A-Z])\\W*$");
  private static final Pattern STATED =
      Pattern.compile("(?i:answer|option|choice)(?:\\s+(?i:is|:))?[\\s:]*\\(?([A-Z])\\b");
  private static final Pattern BRACKETED = Pattern.compile("\\(([A-Za-z])\\)");
  private static final Pattern LEADING = Pattern.compile("^\\s*([A-Z])[.:)]");

  private ChosenLetter() {}

  /** {@code A} for the first choice, and so on. */
  public static String letter(int choice) {
    return String.valueOf((char) ('A' + choice));
  }

  /**
   * The place of the choice: by its letter (alone, leading, in brackets, or said to be the answer),
   * else by its words, of which the longest that the answer holds counts. An answer that takes none
   * is empty, not a guess, which is where the published scripts of MMMU draw one.
   */
  public static Optional<Integer> of(String answer, List<String> choices) {
    String text = answer.strip();
    for (Pattern pattern : List.of(ALONE, LEADING, STATED, BRACKETED)) {
      Optional<Integer> found = last(pattern.matcher(text), choices.size());
      if (found.isPresent()) {
        return found;
      }
    }
    return inWords(text.toLowerCase(Locale.ROOT), choices);
  }

  private static Optional<Integer> last(Matcher letters, int choices) {
    Optional<Integer> last = Optional.empty();
    while (letters.find()) {
      int place = Character.toUpperCase(letters.group(1).charAt(0)) - 'A';
      if (place >= 0 && place < choices) {
        last = Optional.of(place);
      }
    }
    return last;
  }

  private static Optional<Integer> inWords(String text, List<String> choices) {
    int best = -1;
    for (int i = 0; i < choices.size(); i++) {
      String choice = choices.get(i).strip().toLowerCase(Locale.ROOT);
      boolean longer = best < 0 || choice.length() > choices.get(best).strip().length();
      if (!choice.isEmpty() && longer && holds(text, choice)) {
        best = i;
      }
    }
    return best < 0 ? Optional.empty() : Optional.of(best);
  }

  private static boolean holds(String text, String words) {
    return Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(words) + "(?![\\p{L}\\p{N}])")
        .matcher(text)
        .find();
  }
}
