package io.overread.gateway.study;

import java.time.Instant;

/**
 * One completed revision of a study.
 *
 * @param revision from 1; the revision that this completion made
 * @param completeness COMPLETE or PARTIAL
 * @param reason why, in words
 * @param completedAt when the revision was closed
 */
public record CompleteStudy(
    String studyInstanceUid,
    int revision,
    Contents contents,
    Completeness completeness,
    String reason,
    Instant completedAt) {

  /**
   * How much there is.
   *
   * @param instanceCount how many instances the revision holds
   * @param newInstanceCount how many of them no earlier revision held
   */
  public record Contents(int instanceCount, int newInstanceCount) {}

  /** How many instances the revision holds. */
  public int instanceCount() {
    return contents.instanceCount();
  }
}
