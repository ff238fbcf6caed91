package io.overread.service.report;

import io.overread.reporting.finding.Analysis;
import io.overread.reporting.finding.ConceptCode;
import io.overread.reporting.finding.ContrastiveReader;
import io.overread.reporting.finding.ContrastiveScore;
import io.overread.reporting.finding.Doubt;
import io.overread.reporting.finding.DraftMark;
import io.overread.reporting.finding.ModelIdentity;
import io.overread.reporting.finding.RecordedFinding;
import io.overread.reporting.review.Report;
import io.overread.service.region.FindingRegions.FindingBox;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A report with the findings it was drafted from, as the console shows it. */
record ReportView(
    UUID id,
    String status,
    String reviewState,
    int version,
    int studyRevision,
    String draftText,
    String text,
    @Nullable String signedText,
    @Nullable UUID replaces,
    Instant createdAt,
    Instant updatedAt,
    @Nullable String signedBy,
    @Nullable String signedByName,
    @Nullable Instant signedAt,
    @Nullable String signatureMeaning,
    @Nullable ModelIdentity model,
    @Nullable ContrastiveReader contrastive,
    List<FindingView> findings,
    List<DraftMark> marks,
    String notice) {
  private static final String DRAFT_NOTICE =
      "Drafted by a machine. Not a diagnosis until a radiologist signs.";
  private static final String SIGNED_NOTICE =
      "Drafted by a machine, reviewed and signed by the person named.";

  static ReportView of(
      Report report, Analysis analysis, List<FindingView> findings, List<DraftMark> marks) {
    var plan = analysis.plan();
    var signer = report.signer();
    return new ReportView(
        report.id(),
        report.standing().status().code(),
        report.standing().state().name(),
        report.standing().version(),
        report.origin().study().revision(),
        report.texts().draft(),
        report.texts().current(),
        report.texts().signed(),
        report.origin().replaces(),
        report.times().created(),
        report.times().updated(),
        signer == null ? null : signer.username(),
        signer == null ? null : signer.name(),
        signer == null ? null : signer.time(),
        signer == null ? null : signer.meaning(),
        plan == null ? null : plan.model(),
        plan == null ? null : plan.readers().contrastive(),
        findings,
        marks,
        signer == null ? DRAFT_NOTICE : SIGNED_NOTICE);
  }

  /**
   * A finding; {@code present} is null where the model could not tell, {@code probability} where
   * its engine gives none, {@code contrastive} where no contrastive model was beside it, {@code
   * region} where nothing tells where it is.
   */
  record FindingView(
      UUID id,
      String findingId,
      String name,
      String question,
      @Nullable Double probability,
      @Nullable Boolean present,
      String sentence,
      @Nullable Doubt doubt,
      @Nullable ContrastiveScore contrastive,
      List<ConceptCode> codes,
      String sopInstanceUid,
      int frameNumber,
      @Nullable FindingBox region) {
    static FindingView of(RecordedFinding finding, Optional<FindingBox> region) {
      return new FindingView(
          finding.id(),
          finding.question().findingId(),
          finding.question().name(),
          finding.question().text(),
          finding.score().probability(),
          finding.score().present(),
          finding.score().sentence(),
          finding.score().doubt(),
          finding.score().contrastive(),
          finding.codes().finding(),
          finding.image().sopInstanceUid(),
          finding.image().frameNumber(),
          region.orElse(null));
    }
  }
}
