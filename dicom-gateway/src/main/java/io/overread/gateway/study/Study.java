package io.overread.gateway.study;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A study as the ledger holds it.
 *
 * @param studyInstanceUid Study Instance UID (0020,000D), its key
 */
public record Study(
    String studyInstanceUid,
    Progress progress,
    PatientAttributes patient,
    StudyAttributes attributes,
    Contents contents) {

  /**
   * How far the study has come.
   *
   * @param revision 0 while the study is first received, one more at each completion
   * @param completenessReason in words, for people
   * @param patientConflict an instance named another patient than the first one did
   * @param completedAt when the present revision was complete; null while receiving
   */
  public record Progress(
      StudyState state,
      int revision,
      boolean patientConflict,
      Completeness completeness,
      String completenessReason,
      Instant firstInstanceAt,
      Instant lastInstanceAt,
      @Nullable Instant completedAt) {}

  /**
   * What the study holds.
   *
   * @param modalities the modalities of its series, each once, in order
   */
  public record Contents(List<String> modalities, int seriesCount, int instanceCount) {}
}
