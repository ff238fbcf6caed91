package io.overread.service.journey;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values of VR CS (PS3.5 6.2) as senders write them. */
final class CodeString {
  private static final Pattern FORM = Pattern.compile("[A-Z0-9_ ]{1,16}");

  private CodeString() {}

  /** In upper case and without padding; empty if there is none. */
  static String normalised(@Nullable String code) {
    return code == null ? "" : code.strip().toUpperCase(Locale.ROOT);
  }

  /** For people: a value that doesn't have the form of a Code String is not repeated. */
  static String shown(@Nullable String code) {
    String normalised = normalised(code);
    return FORM.matcher(normalised).matches() ? normalised : "unknown";
  }
}
