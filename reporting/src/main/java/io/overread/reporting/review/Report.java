package io.overread.reporting.review;

import io.overread.reporting.finding.StudyRevision;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The report on one revision of a study, at one of its versions.
 *
 * @param id its key, also its FHIR logical id
 * @param origin where it comes from
 * @param standing where it is
 * @param texts what it says
 * @param times when it was written
 * @param signer who signed {@code texts.signed()}; null while nobody has
 */
public record Report(
    UUID id, Origin origin, Standing standing, Texts texts, Times times, @Nullable Signer signer) {

  /**
   * Where a report comes from.
   *
   * @param study what it is about
   * @param analysisId the analysis that drafted it
   * @param replaces the report on the revision before, if there was one
   */
  public record Origin(StudyRevision study, UUID analysisId, @Nullable UUID replaces) {}

  /**
   * Where a report is.
   *
   * @param status its FHIR status
   * @param state its state on the desk
   * @param version from 1, one more with every change; the ETag
   */
  public record Standing(ReportStatus status, ReviewState state, int version) {}

  /**
   * What a report says.
   *
   * @param draft what the model wrote; never changes
   * @param current what the desk shows
   * @param signed what was last signed; null while nothing was
   */
  public record Texts(String draft, String current, @Nullable String signed) {}

  /**
   * When a report was written.
   *
   * @param created when it was drafted
   * @param updated when this version was made
   */
  public record Times(Instant created, Instant updated) {}
}
