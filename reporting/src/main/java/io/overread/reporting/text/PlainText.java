package io.overread.reporting.text;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Text that may be stored, signed and sent: well-formed Unicode, not blank, of a bounded length,
 * line ends as LF, no control characters but LF and TAB (PostgreSQL refuses U+0000, XML most
 * others).
 *
 * @param value the text, without blanks at its ends
 */
public record PlainText(String value) {
  /** Longest report, question or answer, in UTF-16 units. */
  public static final int LONGEST_TEXT = 100_000;

  /** Longest reason, meaning or other single remark, in UTF-16 units. */
  public static final int LONGEST_REMARK = 2_000;

  /** Checks again what {@link #of} made, so that no other text gets in. */
  public PlainText {
    if (value.isBlank() || !value.chars().allMatch(PlainText::allowed)) {
      throw new InvalidTextException("The text is empty or holds control characters.");
    }
  }

  /**
   * Reads text as it was sent.
   *
   * @param what its name in the message, such as "reason"
   * @param longest the most UTF-16 units it may have
   * @throws InvalidTextException when it can't be taken
   */
  public static PlainText of(String what, String sent, int longest) {
    if (sent.length() > longest) {
      throw new InvalidTextException("The " + what + " is longer than " + longest + " characters.");
    }
    var text = sent.replace("\r\n", "\n").replace('\r', '\n').strip();
    if (text.isEmpty()) {
      throw new InvalidTextException("The " + what + " is empty.");
    }
    if (!text.chars().allMatch(PlainText::allowed)) {
      throw new InvalidTextException("The " + what + " holds control characters.");
    }
    requireWellFormed(what, text);
    return new PlainText(text);
  }

  /** SHA-256 of the UTF-8 bytes, hex: names the text in the audit trail without telling it. */
  public String digest() {
    return digest(value);
  }

  /** SHA-256 of the UTF-8 bytes of any text, hex. */
  public static String digest(String text) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static void requireWellFormed(String what, String text) {
    try {
      var _ = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new InvalidTextException("The " + what + " holds half a surrogate pair.");
    }
  }

  private static boolean allowed(int unit) {
    return unit == '\n' || unit == '\t' || !Character.isISOControl(unit);
  }
}
