package io.overread.service.shadow;

import io.overread.reporting.finding.Analysis;
import io.overread.reporting.finding.AnalysisLedger;
import io.overread.reporting.finding.AnalysisPlan;
import io.overread.reporting.review.Report;
import io.overread.reporting.review.Reports;
import io.overread.service.problem.Problem;
import io.overread.service.shadow.ComparisonView.ModelView;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What other models say of the study of a draft. */
@RestController
class ComparisonController {
  private final Comparisons comparisons;
  private final AnalysisLedger analyses;
  private final Reports reports;

  ComparisonController(Comparisons comparisons, AnalysisLedger analyses, Reports reports) {
    this.comparisons = comparisons;
    this.analyses = analyses;
    this.reports = reports;
  }

  @GetMapping("/api/studies/{studyInstanceUid}/comparisons")
  @Operation(summary = "The newest draft beside what models in shadow mode say, finding by finding")
  List<ComparisonView> comparisons(@PathVariable String studyInstanceUid) {
    Report report =
        reports
            .latest(studyInstanceUid)
            .orElseThrow(() -> Problem.notFound("There is no report on this study yet."));
    Analysis analysis = analyses.find(report.origin().analysisId()).orElseThrow();
    AnalysisPlan plan = analysis.plan();
    if (plan == null) {
      return List.of();
    }
    var contrastive = plan.readers().contrastive();
    ModelView drafted =
        new ModelView(
            plan.model().name(),
            plan.model().digest(),
            contrastive == null ? null : contrastive.model().name(),
            report.texts().draft());
    var findings = analyses.findings(analysis.id());
    return comparisons.of(analysis.id()).stream()
        .map(comparison -> ComparisonView.of(comparison, drafted, findings))
        .toList();
  }
}
