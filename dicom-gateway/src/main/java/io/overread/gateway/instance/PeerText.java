package io.overread.gateway.instance;

import org.jspecify.annotations.Nullable;

/** Makes text that a peer chose fit for a column, an audit entry or a log line. */
final class PeerText {

  private PeerText() {}

  /**
   * One line of at most {@code limit} UTF-16 units: control characters, unpaired surrogates and
   * line separators become question marks (PostgreSQL takes no NUL, a log line no line end).
   */
  static String line(String text, int limit) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), limit));
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      int width = Character.charCount(codePoint);
      if (line.length() + width > limit) {
        break;
      }
      line.appendCodePoint(printable(codePoint) ? codePoint : '?');
      i += width;
    }
    return line.toString();
  }

  /** As {@link #line}, without the padding around it; null for nothing or blanks. */
  static @Nullable String value(@Nullable String text, int limit) {
    if (text == null) {
      return null;
    }
    String value = line(text, limit).strip();
    return value.isEmpty() ? null : value;
  }

  private static boolean printable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
