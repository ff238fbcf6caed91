package io.overread.reporting.draft;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import io.overread.reporting.draft.DraftResult.AlreadyDrafted;
import io.overread.reporting.draft.DraftResult.Drafted;
import io.overread.reporting.draft.DraftResult.NotRunning;
import io.overread.reporting.finding.Analysis;
import io.overread.reporting.finding.AnalysisLedger;
import io.overread.reporting.finding.AnalysisResult.Moved;
import io.overread.reporting.finding.AnalysisResult.NotAllowed;
import io.overread.reporting.finding.DraftMark;
import io.overread.reporting.finding.DraftMarks;
import io.overread.reporting.finding.RecordedFinding;
import io.overread.reporting.review.Report;
import io.overread.reporting.review.ReportFollowUp;
import io.overread.reporting.review.ReportStatus;
import io.overread.reporting.review.Reports;
import io.overread.reporting.review.Supersession;
import io.overread.reporting.text.PlainText;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes the preliminary report. The end of the analysis, its findings, the draft, what it replaces
 * and the audit entries are one transaction, so a crash leaves all or nothing.
 *
 * <p>A later revision of a study gets a draft of its own that says which report it replaces. The
 * unsigned one before it is superseded (FHIR {@code cancelled}); a signed one stays as it is, and
 * the new one becomes final by its own signature.
 */
public final class DraftReport {
  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final AnalysisLedger analyses;
  private final AuditTrail audit;
  private final Clock clock;
  private final Reports reports;
  private final DraftMarks marks;
  private final ReportFollowUp followUp;

  /** Over the tables of {@code jdbc}, whose data source is also that of {@code transactions}. */
  public DraftReport(
      JdbcClient jdbc,
      TransactionOperations transactions,
      AnalysisLedger analyses,
      AuditTrail audit,
      Clock clock,
      ReportFollowUp followUp) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.analyses = analyses;
    this.audit = audit;
    this.clock = clock;
    this.reports = new Reports(jdbc);
    this.marks = new DraftMarks(jdbc);
    this.followUp = followUp;
  }

  /**
   * Ends a running analysis with its findings and its draft.
   *
   * @param text what the model wrote
   * @throws io.overread.reporting.text.InvalidTextException when the text can't be a report
   */
  public DraftResult write(UUID analysisId, List<RecordedFinding> findings, String text) {
    return write(analysisId, findings, text, List.of());
  }

  /**
   * The same with the sentences that a guard objects to; they stay in the text.
   *
   * @param marks of sentences that stand in the text
   */
  public DraftResult write(
      UUID analysisId, List<RecordedFinding> findings, String text, List<DraftMark> marks) {
    var draft = PlainText.of("draft", text, PlainText.LONGEST_TEXT);
    return Objects.requireNonNull(
        transactions.execute(
            status ->
                switch (analyses.finish(analysisId, findings)) {
                  case Moved(var analysis) -> new Drafted(insert(analysis, draft, marks));
                  case NotAllowed(var state, var action) ->
                      ofAnalysis(analysisId)
                          .<DraftResult>map(AlreadyDrafted::new)
                          .orElseGet(() -> new NotRunning(state));
                }));
  }

  private Report insert(Analysis analysis, PlainText draft, List<DraftMark> marked) {
    var id = UUID.randomUUID();
    var study = analysis.study();
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var replaces = reportBefore(analysis);
    jdbc.sql(
            """
            insert into report (id, study_instance_uid, study_revision, analysis_id, status,
              review_state, version, draft_text, text, replaces, created_at, updated_at, updated_by)
            values (:id, :study, :revision, :analysis, 'preliminary',
              'DRAFTED', 1, :text, :text, :replaces, :now, :now, 'service')
            """)
        .param("id", id)
        .param("study", study.studyInstanceUid())
        .param("revision", study.revision())
        .param("analysis", analysis.id())
        .param("text", draft.value())
        .param("replaces", replaces)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
    marks.insert(analysis.id(), marked);
    var superseded = new Supersession(jdbc).ofEarlierRevisions(study.studyInstanceUid(), now);
    var detail = new LinkedHashMap<String, String>();
    detail.put("revision", Integer.toString(study.revision()));
    detail.put("textDigest", draft.digest());
    if (!marked.isEmpty()) {
      detail.put("marks", Integer.toString(marked.size()));
    }
    if (replaces != null) {
      detail.put("replaces", replaces.toString());
    }
    superseded.forEach(report -> detail.put("superseded/" + report, "cancelled"));
    var written = reports.find(id).orElseThrow();
    if (written.standing().status() == ReportStatus.PRELIMINARY) {
      followUp.follow(written);
    }
    audit.append(
        new AuditAct(
            AuditAction.DRAFT_WRITTEN,
            Outcome.SUCCESS,
            "service",
            study.studyInstanceUid(),
            "DiagnosticReport/" + id,
            detail));
    return written;
  }

  private @Nullable UUID reportBefore(Analysis analysis) {
    return jdbc.sql(
            """
            select id from report
            where study_instance_uid = :study and study_revision < :revision
            order by study_revision desc limit 1
            """)
        .param("study", analysis.study().studyInstanceUid())
        .param("revision", analysis.study().revision())
        .query(UUID.class)
        .optional()
        .orElse(null);
  }

  private Optional<Report> ofAnalysis(UUID analysisId) {
    return jdbc.sql("select id from report where analysis_id = :analysis")
        .param("analysis", analysisId)
        .query(UUID.class)
        .optional()
        .flatMap(reports::find);
  }
}
