package io.overread.service.journey;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values of VR CS (PS3.5 6.2) as senders write them. */
final class CodeString {
  private CodeString() {}

  /** In upper case and without padding; empty if there is none. */
  static String normalised(@Nullable String code) {
    return code == null ? "" : code.strip().toUpperCase(Locale.ROOT);
  }
}
