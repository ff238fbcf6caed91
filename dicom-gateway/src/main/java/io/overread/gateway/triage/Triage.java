package io.overread.gateway.triage;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import io.overread.gateway.rule.Evaluation;
import io.overread.gateway.rule.Expression;
import io.overread.gateway.study.CompleteStudy;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sorts complete studies by the rules, and keeps what was decided. */
public final class Triage {

  private final TriageRuleBook rules;
  private final StudyHeaders headers;
  private final TriageTable table;
  private final AuditTrail audit;
  private final Clock clock;

  /** By the rules of a book. */
  public Triage(
      TriageRuleBook rules, StudyHeaders headers, JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.rules = rules;
    this.headers = headers;
    this.table = new TriageTable(jdbc);
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Decides about a revision. Belongs to the transaction that closes the study; reads the header of
   * one image of each series.
   */
  public TriageDecision decide(CompleteStudy study) {
    TriageDecision decision =
        new RuleRun(rules.current()).decide(headers.ofStudy(study.studyInstanceUid()));
    table.insert(
        study.studyInstanceUid(),
        study.revision(),
        decision,
        clock.instant().truncatedTo(ChronoUnit.MICROS));
    audit.append(act(study, decision));
    return decision;
  }

  /** What was decided about the study's newest revision. */
  public Optional<TriageDecision> latest(String studyInstanceUid) {
    return table.latest(studyInstanceUid);
  }

  /** A series, and how a condition fared on it. */
  public record Trial(String seriesInstanceUid, String sopInstanceUid, Evaluation evaluation) {}

  /** Tries a condition on a stored study; decides nothing. */
  public List<Trial> tryOn(String studyInstanceUid, Expression when) {
    return headers.ofStudy(studyInstanceUid).stream()
        .map(
            series ->
                new Trial(
                    series.seriesInstanceUid(),
                    series.instance().sopInstanceUid(),
                    when.evaluate(series.attributes())))
        .toList();
  }

  private static AuditAct act(CompleteStudy study, TriageDecision decision) {
    Map<String, String> detail = new TreeMap<>();
    detail.put("revision", Integer.toString(study.revision()));
    detail.put("rulesVersion", Integer.toString(decision.rulesVersion()));
    detail.put("priority", decision.priority().name());
    detail.put("draft", Boolean.toString(decision.draft()));
    detail.put("excludedSeries", Integer.toString(decision.excluded().size()));
    String notDrafted = decision.notDrafted();
    if (notDrafted != null) {
      detail.put("reason", notDrafted);
    }
    String catalogue = decision.catalogue();
    if (catalogue != null) {
      detail.put("catalogue", catalogue);
    }
    String model = decision.model();
    if (model != null) {
      detail.put("model", model);
    }
    return new AuditAct(
        AuditAction.STUDY_TRIAGED,
        Outcome.SUCCESS,
        "service",
        study.studyInstanceUid(),
        null,
        detail);
  }
}
