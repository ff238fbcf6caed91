package io.overread.dicom.net.pdu;

import java.nio.charset.StandardCharsets;

/** The character rules of the strings in association PDUs. */
public final class WireText {
  /** Longest UID, PS3.5 9.1. */
  public static final int MAXIMUM_UID_LENGTH = 64;

  /** Longest AE title and implementation version name. */
  public static final int MAXIMUM_TITLE_LENGTH = 16;

  private WireText() {}

  /**
   * Whether the text is a UID by its characters and length: 1 to 64 digits and dots, no empty
   * component. Leading zeros are tolerated, since devices in the field send them.
   */
  public static boolean isUid(String text) {
    if (text.isEmpty() || text.length() > MAXIMUM_UID_LENGTH) {
      return false;
    }
    char before = '.';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && (c != '.' || before == '.')) {
        return false;
      }
      before = c;
    }
    return before != '.';
  }

  /**
   * Whether the text is an AE title without its padding: 1 to 16 printable characters of ISO 646
   * without backslash, no space at either end (PS3.5 6.2, VR AE).
   */
  public static boolean isAeTitle(String text) {
    return !text.isEmpty()
        && isPrintable(text)
        && text.indexOf('\\') < 0
        && text.equals(text.strip());
  }

  static boolean isPrintable(String text) {
    return text.length() <= MAXIMUM_TITLE_LENGTH
        && text.chars().allMatch(c -> c >= 0x20 && c <= 0x7e);
  }

  static String requireUid(String text, String what) {
    if (!isUid(text)) {
      throw new IllegalArgumentException(what + " is not a UID");
    }
    return text;
  }

  static String requireAeTitle(String text, String what) {
    if (!isAeTitle(text)) {
      throw new IllegalArgumentException(what + " is not an AE title");
    }
    return text;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
