package io.overread.reporting.finding;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import io.overread.reporting.finding.AnalysisResult.Moved;
import io.overread.reporting.finding.AnalysisResult.NotAllowed;
import io.overread.reporting.text.PlainText;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps what the model was asked to read, how far it is and what it found. Every end of an analysis
 * shares its transaction with its audit entry. An unknown id is a defect of the caller: {@link
 * IllegalArgumentException}.
 */
public final class AnalysisLedger {
  private static final int LONGEST_FAILURE = 2_000;
  private static final int LONGEST_INPUTS = 8_000;

  private final AnalysisTable analyses;
  private final FindingTable findings;
  private final DraftMarks marks;
  private final TransactionOperations transactions;
  private final AuditTrail audit;
  private final Clock clock;

  /** Over the tables of {@code jdbc}, whose data source is also that of {@code transactions}. */
  public AnalysisLedger(
      JdbcClient jdbc, TransactionOperations transactions, AuditTrail audit, Clock clock) {
    this.analyses = new AnalysisTable(jdbc);
    this.findings = new FindingTable(jdbc);
    this.marks = new DraftMarks(jdbc);
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /** Makes the analysis of a study's revision due; the same one again when it already is. */
  public Analysis due(StudyRevision study) {
    return inTransaction(
        () -> {
          analyses.insertPending(UUID.randomUUID(), study, clock.instant());
          return analyses.find(study).orElseThrow();
        });
  }

  /** The model starts to read. Allowed again after a failure or a crash, with a new plan. */
  public AnalysisResult begin(UUID id, AnalysisPlan plan) {
    return inTransaction(
        () ->
            move(
                analyses.lock(id),
                AnalysisAction.BEGIN,
                () -> analyses.begin(id, plan, clock.instant())));
  }

  /**
   * Says how far a running analysis is; without effect on one that isn't running.
   *
   * @param fraction from 0 to 1
   */
  public void progress(UUID id, String step, float fraction) {
    analyses.progress(id, step, Math.clamp(fraction, 0f, 1f));
  }

  /**
   * Records the findings and ends the analysis: audit MODEL_RAN. For the writer of the draft, whose
   * transaction it joins.
   */
  public AnalysisResult finish(UUID id, List<RecordedFinding> found) {
    return inTransaction(
        () -> {
          var analysis = analyses.lock(id);
          return move(
              analysis,
              AnalysisAction.FINISH,
              () -> {
                found.forEach(finding -> findings.insert(id, finding));
                analyses.end(id, AnalysisState.DONE, null, clock.instant());
                var detail = modelDetail(analysis);
                detail.put("findings", Integer.toString(found.size()));
                append(AuditAction.MODEL_RAN, Outcome.SUCCESS, analysis, detail);
              });
        });
  }

  /**
   * Ends the analysis without a draft: audit MODEL_FAILED.
   *
   * @param failure why, without patient data
   */
  public AnalysisResult fail(UUID id, String failure) {
    var why = failure.substring(0, Math.min(failure.length(), LONGEST_FAILURE));
    return inTransaction(
        () -> {
          var analysis = analyses.lock(id);
          return move(
              analysis,
              AnalysisAction.FAIL,
              () -> {
                analyses.end(id, AnalysisState.FAILED, why, clock.instant());
                var detail = modelDetail(analysis);
                detail.put("failure", why);
                append(AuditAction.MODEL_FAILED, Outcome.FAILED, analysis, detail);
              });
        });
  }

  /** The analysis with this key. */
  public Optional<Analysis> find(UUID id) {
    return analyses.find(id);
  }

  /** The analysis of the study's newest revision that has one. */
  public Optional<Analysis> latest(String studyInstanceUid) {
    return analyses.latest(studyInstanceUid);
  }

  /** What an analysis found, in the order of the report. */
  public List<RecordedFinding> findings(UUID analysisId) {
    return findings.of(analysisId);
  }

  /** What guards object to in an analysis's draft, in the order of its sentences. */
  public List<DraftMark> marks(UUID analysisId) {
    return marks.of(analysisId);
  }

  private AnalysisResult move(Analysis analysis, AnalysisAction action, Runnable write) {
    if (AnalysisLifeCycle.next(analysis.state(), action).isEmpty()) {
      return new NotAllowed(analysis.state(), action);
    }
    write.run();
    return new Moved(analyses.find(analysis.id()).orElseThrow());
  }

  private static Map<String, String> modelDetail(Analysis analysis) {
    var detail = new LinkedHashMap<String, String>();
    detail.put("revision", Integer.toString(analysis.study().revision()));
    var plan = analysis.plan();
    if (plan != null) {
      detail.put("modelName", plan.model().name());
      detail.put("modelVersion", plan.model().version());
      detail.put("modelDigest", plan.model().digest());
      var contrastive = plan.readers().contrastive();
      if (contrastive != null) {
        detail.put("contrastiveName", contrastive.model().name());
        detail.put("contrastiveVersion", contrastive.model().version());
        detail.put("contrastiveDigest", contrastive.model().digest());
        detail.put("contrastiveWeight", Double.toString(contrastive.weight()));
      }
      detail.put("catalogue", plan.catalogueId());
      detail.put("seed", Long.toString(plan.seed()));
      detail.put("inputs", Integer.toString(plan.inputDigests().size()));
      detail.put("inputDigests", inputs(plan.inputDigests()));
    }
    return detail;
  }

  /** All of them while an audit entry can hold them, else the digest of the list. */
  private static String inputs(List<String> digests) {
    var list = String.join("\n", digests);
    return list.length() <= LONGEST_INPUTS ? list : "sha256 of the list " + PlainText.digest(list);
  }

  private void append(
      AuditAction action, Outcome outcome, Analysis analysis, Map<String, String> detail) {
    var study = analysis.study().studyInstanceUid();
    audit.append(
        new AuditAct(action, outcome, "service", study, "analysis/" + analysis.id(), detail));
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transactions.execute(status -> work.get()));
  }
}
