package io.overread.vlm.remote;

/**
 * Text of an engine without what is no text: control characters, which databases and documents
 * refuse; halves of surrogate pairs; and the marks that turn the direction of what follows, with
 * which a text reads otherwise than it is written (Unicode Technical Report 36, 3.2).
 */
final class PlainText {

  private static final int REPLACEMENT = 0xfffd;

  private PlainText() {}

  /** Each of them replaced by U+FFFD. */
  static String of(String text) {
    if (text.codePoints().allMatch(PlainText::isPlain)) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().map(c -> isPlain(c) ? c : REPLACEMENT).forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private static boolean isPlain(int c) {
    if (c == '\n' || c == '\r' || c == '\t') {
      return true;
    }
    boolean turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    int type = Character.getType(c);
    return !turns && type != Character.CONTROL && type != Character.SURROGATE;
  }
}
