package io.overread.gateway.triage;

import io.overread.gateway.triage.TriageDecision.ExcludedSeries;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of {@code triage_decision} and {@code triage_excluded_series}. */
final class TriageTable {

  private final JdbcClient jdbc;

  TriageTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(String study, int revision, TriageDecision decision, Instant now) {
    jdbc.sql(
            """
            insert into triage_decision (study_instance_uid, study_revision, rules_version,
              priority, draft, reason, catalogue, model, decided_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(study)
        .param(revision)
        .param(decision.rulesVersion())
        .param(decision.priority().name())
        .param(decision.draft())
        .param(decision.notDrafted())
        .param(decision.catalogue())
        .param(decision.model())
        .param(now.atOffset(ZoneOffset.UTC))
        .update();
    for (ExcludedSeries series : decision.excluded()) {
      jdbc.sql(
              """
              insert into triage_excluded_series (study_instance_uid, study_revision,
                series_instance_uid, rule, reason) values (?, ?, ?, ?, ?)
              """)
          .param(study)
          .param(revision)
          .param(series.seriesInstanceUid())
          .param(series.rule())
          .param(series.reason())
          .update();
    }
  }

  Optional<TriageDecision> latest(String study) {
    return jdbc.sql(
            """
            select * from triage_decision where study_instance_uid = ?
            order by study_revision desc limit 1
            """)
        .param(study)
        .query(
            (row, number) ->
                new TriageDecision(
                    row.getInt("rules_version"),
                    TriagePriority.valueOf(row.getString("priority")),
                    row.getString("reason"),
                    row.getString("catalogue"),
                    row.getString("model"),
                    excluded(study, row.getInt("study_revision"))))
        .optional();
  }

  private List<ExcludedSeries> excluded(String study, int revision) {
    return jdbc.sql(
            """
            select series_instance_uid, rule, reason from triage_excluded_series
            where study_instance_uid = ? and study_revision = ? order by series_instance_uid
            """)
        .param(study)
        .param(revision)
        .query(
            (row, number) ->
                new ExcludedSeries(row.getString(1), row.getString(2), row.getString(3)))
        .list();
  }
}
