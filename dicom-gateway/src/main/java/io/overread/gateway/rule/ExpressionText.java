package io.overread.gateway.rule;

import io.overread.gateway.rule.ExpressionParser.Unreadable;
import java.util.OptionalInt;

/** The characters of a condition, read from left to right. */
final class ExpressionText {

  private static final int LONGEST_VALUE = 256;

  private final String text;
  private int at;

  ExpressionText(String text) {
    this.text = text;
  }

  int position() {
    return at;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  void skipSpaces() {
    while (!atEnd() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  /** Takes these characters, if they come next. */
  boolean take(String characters) {
    skipSpaces();
    if (!text.startsWith(characters, at)) {
      return false;
    }
    at += characters.length();
    return true;
  }

  /** Takes this word in any case, if it comes next and ends there. */
  boolean takeWord(String word) {
    skipSpaces();
    int end = at + word.length();
    if (!text.regionMatches(true, at, word, 0, word.length())
        || (end < text.length() && isWord(text.charAt(end)))) {
      return false;
    }
    at = end;
    return true;
  }

  /** Takes a tag such as {@code (0028,0300)}, if one comes next. */
  OptionalInt takeTag() {
    skipSpaces();
    int length = "(gggg,eeee)".length();
    if (at + length > text.length()
        || text.charAt(at) != '('
        || text.charAt(at + 5) != ','
        || text.charAt(at + 10) != ')') {
      return OptionalInt.empty();
    }
    String digits = text.substring(at + 1, at + 5) + text.substring(at + 6, at + 10);
    if (!digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
      return OptionalInt.empty();
    }
    at += length;
    return OptionalInt.of(Integer.parseUnsignedInt(digits, 16));
  }

  /** Takes the letters and digits that come next; may be none. */
  String takeKeyword() {
    skipSpaces();
    int start = at;
    while (!atEnd() && isLetterOrDigit(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  boolean startsWithQuote() {
    skipSpaces();
    return !atEnd() && text.charAt(at) == '"';
  }

  /** Takes a value: in quotes, or a run of characters without spaces, quotes and brackets. */
  String takeValue() {
    skipSpaces();
    int start = at;
    String value = startsWithQuote() ? quoted() : bare();
    if (value.isEmpty()) {
      throw new Unreadable(start, "a value is missing here");
    }
    if (value.length() > LONGEST_VALUE) {
      throw new Unreadable(start, "the value is longer than " + LONGEST_VALUE + " characters");
    }
    return value;
  }

  private String quoted() {
    int start = at++;
    StringBuilder value = new StringBuilder();
    while (!atEnd()) {
      char c = text.charAt(at++);
      if (c != '"') {
        value.append(c);
      } else if (!atEnd() && text.charAt(at) == '"') {
        value.append('"');
        at++;
      } else {
        return value.toString();
      }
    }
    throw new Unreadable(start, "the quotation mark is not closed");
  }

  private String bare() {
    int start = at;
    while (!atEnd() && isWord(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean isWord(char c) {
    return !Character.isWhitespace(c) && "\"(),=!<>~".indexOf(c) < 0;
  }

  private static boolean isLetterOrDigit(char c) {
    return c < 128 && Character.isLetterOrDigit(c);
  }
}
