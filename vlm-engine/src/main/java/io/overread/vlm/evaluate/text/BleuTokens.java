package io.overread.vlm.evaluate.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Words and marks as mteval-v13a parts them, which is sacrebleu's default ({@code tok:13a}), in
 * lower case ({@code case:lc}).
 */
final class BleuTokens {

  private static final Pattern MARKS =
      Pattern.compile("([\\x7b-\\x7e\\x5b-\\x60\\x20-\\x26\\x28-\\x2b\\x3a-\\x40/])");
  private static final Pattern MARK_AFTER_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
  private static final Pattern MARK_BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
  private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private BleuTokens() {}

  static List<String> of(String text) {
    String line =
        text.strip()
            .toLowerCase(Locale.ROOT)
            .replace("<skipped>", "")
            .replace("-\n", "")
            .replace("\n", " ")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">");
    line = MARKS.matcher(" " + line + " ").replaceAll(" $1 ");
    line = MARK_AFTER_NO_DIGIT.matcher(line).replaceAll("$1 $2 ");
    line = MARK_BEFORE_NO_DIGIT.matcher(line).replaceAll(" $1 $2");
    line = DASH_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 ").strip();
    return line.isEmpty() ? List.of() : List.of(SPACES.split(line));
  }
}
