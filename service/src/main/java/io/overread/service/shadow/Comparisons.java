package io.overread.service.shadow;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import io.overread.service.shadow.Comparison.ModelName;
import io.overread.service.shadow.Comparison.Said;
import io.overread.service.shadow.Comparison.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The rows of {@code model_comparison} and {@code compared_finding}. */
@Component
class Comparisons {
  private static final int LONGEST_FAILURE = 500;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final AuditTrail trail;
  private final Clock clock;

  Comparisons(JdbcClient jdbc, TransactionTemplate transaction, AuditTrail trail, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.trail = trail;
    this.clock = clock;
  }

  /** Makes one due, in the transaction of the draft; empty if it was before. */
  Optional<UUID> due(UUID analysisId, ModelName model) {
    UUID id = UUID.randomUUID();
    int rows =
        jdbc.sql(
                """
                insert into model_comparison (id, analysis_id, model_name, model_digest, state,
                  created_at) values (?, ?, ?, ?, 'DUE', ?) on conflict do nothing
                """)
            .param(id)
            .param(analysisId)
            .param(model.name())
            .param(model.digest())
            .param(now())
            .update();
    return rows == 1 ? Optional.of(id) : Optional.empty();
  }

  /** The model has read; audit MODELS_COMPARED. One that has ended before is left alone. */
  void done(Comparison comparison, String studyInstanceUid, List<Said> findings, String text) {
    transaction.executeWithoutResult(
        status -> {
          if (!end(comparison.id(), State.DONE, text, null)) {
            return;
          }
          for (int ordinal = 0; ordinal < findings.size(); ordinal++) {
            insert(comparison.id(), ordinal, findings.get(ordinal));
          }
          append(comparison, studyInstanceUid, Outcome.SUCCESS, findings.size() + " findings");
        });
  }

  /** It could not; audit MODELS_COMPARED with outcome FAILED. */
  void failed(Comparison comparison, String studyInstanceUid, String failure) {
    String why = failure.substring(0, Math.min(failure.length(), LONGEST_FAILURE));
    transaction.executeWithoutResult(
        status -> {
          if (end(comparison.id(), State.FAILED, null, why)) {
            append(comparison, studyInstanceUid, Outcome.FAILED, why);
          }
        });
  }

  private void append(
      Comparison comparison, String studyInstanceUid, Outcome outcome, String words) {
    Map<String, String> detail = new TreeMap<>();
    detail.put("analysis", comparison.analysisId().toString());
    detail.put("modelName", comparison.model().name());
    detail.put("modelDigest", comparison.model().digest());
    detail.put("outcome", words);
    trail.append(
        new AuditAct(
            AuditAction.MODELS_COMPARED,
            outcome,
            "service",
            studyInstanceUid,
            "comparison/" + comparison.id(),
            detail));
  }

  private boolean end(UUID id, State state, @Nullable String text, @Nullable String failure) {
    return jdbc.sql(
                """
                update model_comparison set state = :state, text = :text, failure = :failure,
                  finished_at = :at where id = :id and state = 'DUE'
                """)
            .param("state", state.name())
            .param("text", text)
            .param("failure", failure)
            .param("at", now())
            .param("id", id)
            .update()
        == 1;
  }

  private void insert(UUID comparison, int ordinal, Said finding) {
    jdbc.sql("insert into compared_finding values (?, ?, ?, ?, ?, ?)")
        .param(comparison)
        .param(ordinal)
        .param(finding.findingId())
        .param(finding.name())
        .param(finding.probability())
        .param(finding.present())
        .update();
  }

  Optional<Comparison> find(UUID id) {
    return jdbc.sql("select * from model_comparison where id = ?")
        .param(id)
        .query((row, number) -> read(row))
        .optional();
  }

  /** Those of an analysis, by the name of the model. */
  List<Comparison> of(UUID analysisId) {
    return jdbc.sql("select * from model_comparison where analysis_id = ? order by model_name, id")
        .param(analysisId)
        .query((row, number) -> read(row))
        .list();
  }

  private Comparison read(ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    return new Comparison(
        id,
        row.getObject("analysis_id", UUID.class),
        new ModelName(row.getString("model_name"), row.getString("model_digest")),
        State.valueOf(row.getString("state")),
        row.getString("text"),
        row.getString("failure"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        findings(id));
  }

  private List<Said> findings(UUID comparison) {
    return jdbc.sql("select * from compared_finding where comparison_id = ? order by ordinal")
        .param(comparison)
        .query(
            (row, number) ->
                new Said(
                    row.getString("finding_id"),
                    row.getString("name"),
                    row.getObject("probability", Double.class),
                    row.getObject("present", Boolean.class)))
        .list();
  }

  private OffsetDateTime now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
