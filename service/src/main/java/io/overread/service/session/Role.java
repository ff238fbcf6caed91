package io.overread.service.session;

import java.util.Locale;

/** What a user may do. */
public enum Role {
  /** Reads studies, asks, edits, signs. */
  RADIOLOGIST,
  /** Runs the service; sees the worklist, decides nothing about a report. */
  ADMINISTRATOR,
  /** Reads the audit trail. */
  AUDITOR;

  /** As the API and the table name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of that name. */
  public static Role of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** As Spring Security names it. */
  public String authority() {
    return "ROLE_" + name();
  }
}
