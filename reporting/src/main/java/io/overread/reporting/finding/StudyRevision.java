package io.overread.reporting.finding;

/**
 * A study at one of its completions.
 *
 * @param studyInstanceUid Study Instance UID (0020,000D)
 * @param revision from 1; one more each time the study was completed again
 */
public record StudyRevision(String studyInstanceUid, int revision) {
  /** Refuses a revision that no completed study has. */
  public StudyRevision {
    if (studyInstanceUid.isBlank() || studyInstanceUid.length() > 64 || revision < 1) {
      throw new IllegalArgumentException("Not a revision of a study: " + revision);
    }
  }
}
