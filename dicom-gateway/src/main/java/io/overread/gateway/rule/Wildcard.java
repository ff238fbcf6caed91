package io.overread.gateway.rule;

import java.util.Locale;

/**
 * Text with {@code *} for any characters and {@code ?} for one, as in matching keys (PS3.4
 * C.2.2.2.4), in any case. Takes at most the product of both lengths in steps, whatever they are.
 */
public final class Wildcard {

  private Wildcard() {}

  /** Whether the whole text is as the pattern says. */
  public static boolean matches(String pattern, String text) {
    String wanted = pattern.toUpperCase(Locale.ROOT);
    String given = text.toUpperCase(Locale.ROOT);
    int at = 0;
    int star = -1;
    int resumeAt = 0;
    int next = 0;
    while (at < given.length()) {
      if (next < wanted.length() && wanted.charAt(next) == '*') {
        star = next++;
        resumeAt = at;
      } else if (next < wanted.length()
          && (wanted.charAt(next) == '?' || wanted.charAt(next) == given.charAt(at))) {
        next++;
        at++;
      } else if (star >= 0) {
        // The last star takes one character more; those before it need not be tried again.
        next = star + 1;
        at = ++resumeAt;
      } else {
        return false;
      }
    }
    while (next < wanted.length() && wanted.charAt(next) == '*') {
      next++;
    }
    return next == wanted.length();
  }
}
