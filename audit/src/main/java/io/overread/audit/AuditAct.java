package io.overread.audit;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An act to be recorded. It names things by UID, digest and count; patient names stay out, because
 * an entry can never be changed again.
 *
 * @param action what happened
 * @param outcome how it ended
 * @param actor who did it: {@code ae:TITLE}, {@code user:NAME} or {@code service}
 * @param studyInstanceUid the study concerned, if any
 * @param subject what else it concerned (an instance UID, a report id), if any
 * @param detail further facts; keys and values together at most 16,384 characters
 */
public record AuditAct(
    AuditAction action,
    Outcome outcome,
    String actor,
    @Nullable String studyInstanceUid,
    @Nullable String subject,
    Map<String, String> detail) {
  private static final int LONGEST_TEXT = 1024;
  private static final int LONGEST_DETAIL = 16_384;

  public AuditAct {
    Objects.requireNonNull(action);
    Objects.requireNonNull(outcome);
    requireShort("actor", actor);
    requireShort("studyInstanceUid", studyInstanceUid);
    requireShort("subject", subject);
    detail = new TreeMap<>(detail);
    int length = 0;
    for (var entry : detail.entrySet()) {
      length += entry.getKey().length() + entry.getValue().length();
    }
    if (length > LONGEST_DETAIL) {
      throw new IllegalArgumentException("audit detail of " + length + " characters");
    }
  }

  private static void requireShort(String name, @Nullable String text) {
    if (text != null && text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("audit " + name + " of " + text.length() + " characters");
    }
  }
}
