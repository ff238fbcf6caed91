package io.overread.gateway.rule;

/** What came of reading a condition. */
public sealed interface Parsed {

  /** A condition. */
  record Valid(Expression expression) implements Parsed {}

  /**
   * No condition.
   *
   * @param position of the first character that can't be right, from 0
   * @param message what is wrong there, in a sentence
   */
  record Invalid(int position, String message) implements Parsed {}

  /** Reads a condition; whatever the text is, this is what comes of it. */
  static Parsed of(String text) {
    try {
      return new Valid(new ExpressionParser(text).parse());
    } catch (ExpressionParser.Unreadable e) {
      return new Invalid(e.position, String.valueOf(e.getMessage()));
    }
  }
}
