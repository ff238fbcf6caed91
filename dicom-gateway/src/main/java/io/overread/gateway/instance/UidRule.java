package io.overread.gateway.instance;

import java.util.regex.Pattern;

/** What a UID may be made of (PS3.5 9.1). */
public final class UidRule {

  static final int LONGEST = 64;

  // A component may not begin with 0 by the standard, but devices in the field send such.
  private static final Pattern UID = Pattern.compile("[0-9]+(\\.[0-9]+)*");

  private UidRule() {}

  /** Whether the text is a UID of at most 64 characters. */
  public static boolean isUid(String text) {
    return text.length() <= LONGEST && UID.matcher(text).matches();
  }
}
