package io.overread.service.worklist;

import io.overread.gateway.study.Study;
import io.overread.gateway.study.StudyLedger;
import io.overread.gateway.study.StudyQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of the worklist: what the gateway, the engine and the desk know of a study, in one. */
@Component
class Worklist {
  private final StudyLedger ledger;
  private final JdbcClient jdbc;

  Worklist(StudyLedger ledger, JdbcClient jdbc) {
    this.ledger = ledger;
    this.jdbc = jdbc;
  }

  List<StudyRow> page(StudyQuery query) {
    return rows(ledger.page(query));
  }

  Optional<StudyRow> row(String studyInstanceUid) {
    return ledger.find(studyInstanceUid).map(study -> rows(List.of(study)).getFirst());
  }

  private List<StudyRow> rows(List<Study> studies) {
    String[] uids = studies.stream().map(Study::studyInstanceUid).toArray(String[]::new);
    Map<String, StudyRow.AnalysisStatus> analyses = new HashMap<>();
    jdbc.sql(
            """
            select distinct on (study_instance_uid) study_instance_uid, state, step, progress, failure
            from analysis where study_instance_uid = any(:studies)
            order by study_instance_uid, study_revision desc
            """)
        .param("studies", uids)
        .query((RowCallbackHandler) row -> analyses.put(row.getString(1), analysis(row)));
    Map<String, StudyRow.ReportStatus> reports = new HashMap<>();
    jdbc.sql(
            """
            select distinct on (study_instance_uid) study_instance_uid, id, status, review_state, version
            from report where study_instance_uid = any(:studies)
            order by study_instance_uid, study_revision desc
            """)
        .param("studies", uids)
        .query((RowCallbackHandler) row -> reports.put(row.getString(1), report(row)));
    Map<String, StudyRow.TriageStatus> triages = new HashMap<>();
    jdbc.sql(
            """
            select distinct on (study_instance_uid) study_instance_uid, study_revision, priority,
              draft, reason
            from triage_decision where study_instance_uid = any(:studies)
            order by study_instance_uid, study_revision desc
            """)
        .param("studies", uids)
        .query((RowCallbackHandler) row -> triages.put(row.getString(1), triage(row)));
    return studies.stream()
        .map(
            study ->
                StudyRow.of(
                    study,
                    triages.get(study.studyInstanceUid()),
                    analyses.get(study.studyInstanceUid()),
                    reports.get(study.studyInstanceUid())))
        .toList();
  }

  private static StudyRow.TriageStatus triage(ResultSet row) throws SQLException {
    return new StudyRow.TriageStatus(
        row.getInt("study_revision"),
        row.getString("priority"),
        row.getBoolean("draft"),
        row.getString("reason"));
  }

  private static StudyRow.AnalysisStatus analysis(ResultSet row) throws SQLException {
    return new StudyRow.AnalysisStatus(
        row.getString("state"),
        row.getString("step"),
        row.getFloat("progress"),
        row.getString("failure"));
  }

  private static StudyRow.ReportStatus report(ResultSet row) throws SQLException {
    return new StudyRow.ReportStatus(
        row.getObject("id", UUID.class),
        row.getString("status"),
        row.getString("review_state"),
        row.getInt("version"));
  }
}
