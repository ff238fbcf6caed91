package io.overread.service.report;

import io.overread.gateway.study.StudyChanges;
import io.overread.reporting.finding.AnalysisLedger;
import io.overread.reporting.review.Report;
import io.overread.reporting.review.Reports;
import io.overread.reporting.review.ReviewDesk;
import io.overread.reporting.review.ReviewResult;
import io.overread.reporting.review.Reviewer;
import io.overread.service.problem.Problem;
import io.overread.service.region.FindingRegions;
import io.overread.service.session.Reviewers;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The report of a study: read, edit, accept, reject, sign, amend. Each change names in {@code
 * If-Match} the version it was made on.
 */
@RestController
@RequestMapping("/api/studies/{studyInstanceUid}")
class ReportController {
  private final ReviewDesk desk;
  private final Reports reports;
  private final AnalysisLedger analyses;
  private final FindingRegions regions;
  private final Reviewers reviewers;
  private final StudyChanges changes;

  ReportController(
      ReviewDesk desk,
      Reports reports,
      AnalysisLedger analyses,
      FindingRegions regions,
      Reviewers reviewers,
      StudyChanges changes) {
    this.desk = desk;
    this.reports = reports;
    this.analyses = analyses;
    this.regions = regions;
    this.reviewers = reviewers;
    this.changes = changes;
  }

  @GetMapping("/report")
  @Operation(summary = "The newest report of the study; its version is the ETag")
  ResponseEntity<ReportView> report(@PathVariable String studyInstanceUid) {
    return answer(latest(studyInstanceUid));
  }

  @GetMapping("/findings")
  @Operation(summary = "The findings of the newest report with their probabilities")
  List<ReportView.FindingView> findings(@PathVariable String studyInstanceUid) {
    return view(latest(studyInstanceUid)).findings();
  }

  @PutMapping("/report")
  @Operation(summary = "Replaces the text")
  ResponseEntity<ReportView> edit(
      @PathVariable String studyInstanceUid,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @RequestBody @Valid Text body,
      Authentication user) {
    return decide(
        studyInstanceUid,
        ifMatch,
        user,
        (by, report, version) -> desk.edit(by, report.id(), version, body.text));
  }

  @PostMapping("/report/accept")
  @Operation(summary = "Takes the draft as it stands")
  ResponseEntity<ReportView> accept(
      @PathVariable String studyInstanceUid,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      Authentication user) {
    return decide(
        studyInstanceUid,
        ifMatch,
        user,
        (by, report, version) -> desk.accept(by, report.id(), version));
  }

  @PostMapping("/report/reject")
  @Operation(summary = "Refuses the draft, with a reason")
  ResponseEntity<ReportView> reject(
      @PathVariable String studyInstanceUid,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @RequestBody @Valid Reason body,
      Authentication user) {
    return decide(
        studyInstanceUid,
        ifMatch,
        user,
        (by, report, version) -> desk.reject(by, report.id(), version, body.reason));
  }

  @PostMapping("/report/sign")
  @Operation(summary = "Signs the text as it stands, with the password again and a meaning")
  ResponseEntity<ReportView> sign(
      @PathVariable String studyInstanceUid,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @RequestBody @Valid Signature body,
      Authentication user) {
    return decide(
        studyInstanceUid,
        ifMatch,
        user,
        (by, report, version) -> desk.sign(by, report.id(), version, body.password, body.meaning));
  }

  @PostMapping("/report/amend")
  @Operation(summary = "Opens a signed report for a change, to be signed again")
  ResponseEntity<ReportView> amend(
      @PathVariable String studyInstanceUid,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @RequestBody @Valid Amendment body,
      Authentication user) {
    return decide(
        studyInstanceUid,
        ifMatch,
        user,
        (by, report, version) -> desk.amend(by, report.id(), version, body.text, body.reason));
  }

  private ResponseEntity<ReportView> decide(
      String study, @Nullable String ifMatch, Authentication user, Deciding deciding) {
    int version = EntityTag.version(ifMatch);
    Report report = latest(study);
    return switch (deciding.decide(reviewers.of(user), report, version)) {
      case ReviewResult.Decided decided -> {
        changes.publish(study);
        yield answer(decided.report());
      }
      case ReviewResult.Stale stale ->
          throw new Problem(
              HttpStatus.PRECONDITION_FAILED,
              "The report was changed in the meantime: it is at version "
                  + stale.currentVersion()
                  + ", yours was "
                  + version
                  + ".");
      case ReviewResult.NotAllowed not ->
          throw new Problem(
              HttpStatus.CONFLICT,
              "A report that is " + not.state() + " doesn't allow " + not.action() + ".");
      case ReviewResult.NotFound not -> throw Problem.notFound("There is no report yet.");
      case ReviewResult.Forbidden forbidden ->
          throw new Problem(
              HttpStatus.FORBIDDEN, "This takes the role " + forbidden.missingRole() + ".");
      case ReviewResult.SignerNotVerified not ->
          throw new Problem(HttpStatus.FORBIDDEN, "The password is wrong; nothing was signed.");
    };
  }

  private Report latest(String study) {
    return reports
        .latest(study)
        .orElseThrow(() -> Problem.notFound("There is no report on this study yet."));
  }

  private ResponseEntity<ReportView> answer(Report report) {
    return ResponseEntity.ok().eTag(EntityTag.of(report.standing().version())).body(view(report));
  }

  private ReportView view(Report report) {
    var analysis = analyses.find(report.origin().analysisId()).orElseThrow();
    var findings =
        analyses.findings(analysis.id()).stream()
            .map(each -> ReportView.FindingView.of(each, regions.of(each.id())))
            .toList();
    return ReportView.of(report, analysis, findings, analyses.marks(analysis.id()));
  }

  @FunctionalInterface
  private interface Deciding {
    ReviewResult decide(Reviewer by, Report report, int version);
  }

  record Text(@NotBlank @Size(max = 100_000) String text) {}

  record Reason(@NotBlank @Size(max = 4_000) String reason) {}

  record Amendment(
      @NotBlank @Size(max = 100_000) String text, @NotBlank @Size(max = 4_000) String reason) {}

  record Signature(
      @NotBlank @Size(max = 1_000) String password, @NotBlank @Size(max = 4_000) String meaning) {
    @Override
    public String toString() {
      return "Signature[" + meaning + "]";
    }
  }
}
