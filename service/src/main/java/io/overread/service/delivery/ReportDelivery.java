package io.overread.service.delivery;

import io.overread.gateway.delivery.Deliveries;
import io.overread.gateway.result.Coding;
import io.overread.gateway.result.ReportEvent;
import io.overread.gateway.result.ReportToDeliver;
import io.overread.gateway.result.ReportToDeliver.Finding;
import io.overread.gateway.result.ReportToDeliver.Identity;
import io.overread.gateway.result.ReportToDeliver.ImageReference;
import io.overread.gateway.result.ReportToDeliver.Model;
import io.overread.gateway.result.ReportToDeliver.Point;
import io.overread.gateway.result.ReportToDeliver.Presence;
import io.overread.gateway.result.ReportToDeliver.Score;
import io.overread.gateway.result.ReportToDeliver.Signature;
import io.overread.reporting.ReportingProperties;
import io.overread.reporting.finding.AnalysisLedger;
import io.overread.reporting.finding.AnalysisPlan;
import io.overread.reporting.finding.ConceptCode;
import io.overread.reporting.finding.ContrastiveReader;
import io.overread.reporting.finding.ContrastiveScore;
import io.overread.reporting.finding.RecordedFinding;
import io.overread.reporting.review.Report;
import io.overread.reporting.review.ReportFollowUp;
import io.overread.reporting.review.ReportStatus;
import io.overread.reporting.review.Signer;
import io.overread.service.region.FindingRegions;
import io.overread.service.region.ImageBox;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes due what the rules send of a draft or of a signed report. */
@Component
class ReportDelivery implements ReportFollowUp {
  private final AnalysisLedger analyses;
  private final FindingRegions regions;
  private final Deliveries deliveries;
  private final String organization;

  ReportDelivery(
      AnalysisLedger analyses,
      FindingRegions regions,
      Deliveries deliveries,
      ReportingProperties properties) {
    this.analyses = analyses;
    this.regions = regions;
    this.deliveries = deliveries;
    this.organization = properties.organizationName();
  }

  @Override
  public void follow(Report report) {
    AnalysisPlan plan = analyses.find(report.origin().analysisId()).orElseThrow().plan();
    if (plan == null) {
      throw new IllegalStateException("a report's analysis has run");
    }
    deliveries.makeDue(
        new ReportToDeliver(
            new Identity(
                report.id(),
                report.standing().version(),
                report.origin().study().studyInstanceUid(),
                event(report.standing().status()),
                report.times().updated()),
            coding(plan.reportCode()),
            report.texts().current(),
            analyses.findings(report.origin().analysisId()).stream()
                .map(finding -> finding(finding, plan.readers().contrastive()))
                .toList(),
            new Model(plan.model().name(), plan.model().version(), plan.model().digest()),
            signature(report.signer())));
  }

  private static ReportEvent event(ReportStatus status) {
    return switch (status) {
      case PRELIMINARY -> ReportEvent.DRAFT;
      case FINAL -> ReportEvent.SIGNATURE;
      case AMENDED -> ReportEvent.AMENDMENT;
      case CANCELLED, ENTERED_IN_ERROR ->
          throw new IllegalArgumentException("nothing is sent of a report that is " + status);
    };
  }

  private Finding finding(RecordedFinding finding, @Nullable ContrastiveReader contrastive) {
    ContrastiveScore beside = finding.score().contrastive();
    List<ConceptCode> sites = finding.codes().bodySite();
    return new Finding(
        finding.id(),
        finding.question().name(),
        finding.codes().finding().isEmpty() ? null : coding(finding.codes().finding().getFirst()),
        sites.isEmpty() ? null : coding(sites.getFirst()),
        new Score(
            finding.score().probability(),
            presence(finding.score().present()),
            finding.score().sentence(),
            contrastive == null || beside == null ? null : contrastive.method(beside)),
        new ImageReference(
            finding.image().sopInstanceUid(),
            finding.image().frameNumber(),
            regions.of(finding.id()).map(seen -> outline(seen.box())).orElse(List.of())));
  }

  /** Clockwise. */
  private static List<Point> outline(ImageBox box) {
    return List.of(
        new Point(box.left(), box.top()),
        new Point(box.right(), box.top()),
        new Point(box.right(), box.bottom()),
        new Point(box.left(), box.bottom()));
  }

  private static Presence presence(@Nullable Boolean present) {
    if (present == null) {
      return Presence.UNDETERMINED;
    }
    return present ? Presence.PRESENT : Presence.ABSENT;
  }

  private static Coding coding(ConceptCode code) {
    return new Coding(code.system(), code.code(), code.display());
  }

  private @Nullable Signature signature(@Nullable Signer signer) {
    return signer == null
        ? null
        : new Signature(signer.name(), signer.time(), signer.meaning(), organization);
  }
}
