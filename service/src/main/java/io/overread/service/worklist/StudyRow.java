package io.overread.service.worklist;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.overread.gateway.study.Study;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A study as the worklist shows it; dates and times are DICOM's DA and TM as sent. */
record StudyRow(
    String studyInstanceUid,
    String state,
    int revision,
    @JsonUnwrapped Patient patient,
    @JsonUnwrapped Order order,
    List<String> modalities,
    int instanceCount,
    @JsonUnwrapped Times times,
    Completeness completeness,
    @Nullable TriageStatus triage,
    @Nullable AnalysisStatus analysis,
    @Nullable ReportStatus report) {

  static StudyRow of(
      Study study,
      @Nullable TriageStatus triage,
      @Nullable AnalysisStatus analysis,
      @Nullable ReportStatus report) {
    var progress = study.progress();
    return new StudyRow(
        study.studyInstanceUid(),
        progress.state().name(),
        progress.revision(),
        new Patient(
            study.patient().patientName(),
            study.patient().patientId(),
            study.patient().patientBirthDate(),
            study.patient().patientSex()),
        new Order(
            study.attributes().accessionNumber(),
            study.attributes().studyDate(),
            study.attributes().studyTime(),
            study.attributes().studyDescription()),
        study.contents().modalities(),
        study.contents().instanceCount(),
        new Times(progress.firstInstanceAt(), progress.lastInstanceAt(), progress.completedAt()),
        new Completeness(progress.completeness().name(), progress.completenessReason()),
        triage,
        analysis,
        report);
  }

  record Patient(
      @Nullable String patientName,
      @Nullable String patientId,
      @Nullable String patientBirthDate,
      @Nullable String patientSex) {}

  record Order(
      @Nullable String accessionNumber,
      @Nullable String studyDate,
      @Nullable String studyTime,
      @Nullable String studyDescription) {}

  record Times(Instant firstInstanceAt, Instant lastInstanceAt, @Nullable Instant completedAt) {}

  /** Whether all of it is here: state UNKNOWN, PARTIAL or COMPLETE, and why in words. */
  record Completeness(String state, String reason) {}

  /**
   * What the triage rules decided of the revision: priority URGENT, NORMAL or OFF_PEAK, and why it
   * is not drafted if it isn't.
   */
  record TriageStatus(int revision, String priority, boolean draft, @Nullable String reason) {}

  /** How far the newest reading is: state PENDING, RUNNING, DONE or FAILED, progress 0 to 1. */
  record AnalysisStatus(
      String state, @Nullable String step, float progress, @Nullable String failure) {}

  /** Where the newest report is. */
  record ReportStatus(UUID id, String status, String reviewState, int version) {}
}
