package io.overread.service.shadow;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What another model says of the study of an analysis.
 *
 * @param text what it would have drafted; null until it did
 * @param failure why it did not; null where it did
 * @param findings in the order in which they were asked; none until it drafted
 */
record Comparison(
    UUID id,
    UUID analysisId,
    ModelName model,
    State state,
    @Nullable String text,
    @Nullable String failure,
    Instant createdAt,
    List<Said> findings) {

  /** Keeps its own copy. */
  Comparison {
    findings = List.copyOf(findings);
  }

  /** How far it is. */
  enum State {
    DUE,
    DONE,
    FAILED
  }

  /** Which model. */
  record ModelName(String name, String digest) {}

  /**
   * What it says of a finding.
   *
   * @param probability null where its engine gives none
   * @param present null where it is undetermined
   */
  record Said(
      String findingId, String name, @Nullable Double probability, @Nullable Boolean present) {}
}
