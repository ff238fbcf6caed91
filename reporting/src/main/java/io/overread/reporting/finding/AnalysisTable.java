package io.overread.reporting.finding;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of {@code analysis}. */
final class AnalysisTable {
  private final JdbcClient jdbc;

  AnalysisTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insertPending(UUID id, StudyRevision study, Instant now) {
    jdbc.sql(
            """
            insert into analysis (id, study_instance_uid, study_revision, state, created_at)
            values (:id, :study, :revision, 'PENDING', :now)
            on conflict (study_instance_uid, study_revision) do nothing
            """)
        .param("id", id)
        .param("study", study.studyInstanceUid())
        .param("revision", study.revision())
        .param("now", at(now))
        .update();
  }

  Optional<Analysis> find(StudyRevision study) {
    return jdbc.sql(
            "select * from analysis where study_instance_uid = :study and study_revision ="
                + " :revision")
        .param("study", study.studyInstanceUid())
        .param("revision", study.revision())
        .query((row, number) -> read(row))
        .optional();
  }

  Optional<Analysis> find(UUID id) {
    return jdbc.sql("select * from analysis where id = :id")
        .param("id", id)
        .query((row, number) -> read(row))
        .optional();
  }

  Optional<Analysis> latest(String studyInstanceUid) {
    return jdbc.sql(
            """
            select * from analysis where study_instance_uid = :study
            order by study_revision desc limit 1
            """)
        .param("study", studyInstanceUid)
        .query((row, number) -> read(row))
        .optional();
  }

  /**
   * Locks every analysis of the study, in one order, so that two drafts of it can't be written at
   * once; then reads this one.
   */
  Analysis lock(UUID id) {
    jdbc.sql(
            """
            select id from analysis
            where study_instance_uid = (select study_instance_uid from analysis where id = :id)
            order by id for update
            """)
        .param("id", id)
        .query(UUID.class)
        .list();
    return find(id).orElseThrow(() -> new IllegalArgumentException("No analysis " + id));
  }

  void begin(UUID id, AnalysisPlan plan, Instant now) {
    ContrastiveReader contrastive = plan.readers().contrastive();
    jdbc.sql(
            """
            update analysis set state = 'RUNNING', step = null, progress = 0,
              attempts = attempts + 1, model_name = :name, model_version = :version,
              model_digest = :digest, catalogue_id = :catalogue, report_code = :code, seed = :seed,
              input_digests = :inputs, prompt = :prompt, contrastive_name = :contrastiveName,
              contrastive_version = :contrastiveVersion, contrastive_digest = :contrastiveDigest,
              contrastive_weight = :contrastiveWeight, started_at = :now, finished_at = null,
              failure = null
            where id = :id
            """)
        .param("id", id)
        .param("name", plan.model().name())
        .param("version", plan.model().version())
        .param("digest", plan.model().digest())
        .param("catalogue", plan.catalogueId())
        .param("code", ConceptCodes.write(plan.reportCode()))
        .param("seed", plan.seed())
        .param("inputs", ConceptCodes.writeDigests(plan.inputDigests()))
        .param("prompt", plan.prompt())
        .param("contrastiveName", contrastive == null ? null : contrastive.model().name())
        .param("contrastiveVersion", contrastive == null ? null : contrastive.model().version())
        .param("contrastiveDigest", contrastive == null ? null : contrastive.model().digest())
        .param("contrastiveWeight", contrastive == null ? null : contrastive.weight())
        .param("now", at(now))
        .update();
  }

  boolean progress(UUID id, String step, float fraction) {
    return jdbc.sql(
                """
                update analysis set step = :step, progress = :fraction
                where id = :id and state = 'RUNNING'
                """)
            .param("id", id)
            .param("step", step)
            .param("fraction", fraction)
            .update()
        == 1;
  }

  void end(UUID id, AnalysisState state, @Nullable String failure, Instant now) {
    jdbc.sql(
            """
            update analysis set state = :state, step = null, failure = :failure, finished_at = :now,
              progress = case when :state = 'DONE' then 1 else progress end
            where id = :id
            """)
        .param("id", id)
        .param("state", state.name())
        .param("failure", failure)
        .param("now", at(now))
        .update();
  }

  private static Analysis read(ResultSet row) throws SQLException {
    return new Analysis(
        row.getObject("id", UUID.class),
        new StudyRevision(row.getString("study_instance_uid"), row.getInt("study_revision")),
        AnalysisState.valueOf(row.getString("state")),
        new Analysis.Progress(row.getString("step"), row.getFloat("progress")),
        row.getString("model_name") == null ? null : plan(row),
        row.getString("failure"));
  }

  private static AnalysisPlan plan(ResultSet row) throws SQLException {
    return new AnalysisPlan(
        new Readers(identity(row, "model"), contrastive(row)),
        row.getString("catalogue_id"),
        ConceptCodes.readOne(row.getString("report_code")),
        row.getLong("seed"),
        ConceptCodes.readDigests(row.getString("input_digests")),
        row.getString("prompt"));
  }

  private static ModelIdentity identity(ResultSet row, String which) throws SQLException {
    return new ModelIdentity(
        row.getString(which + "_name"),
        row.getString(which + "_version"),
        row.getString(which + "_digest"));
  }

  private static @Nullable ContrastiveReader contrastive(ResultSet row) throws SQLException {
    return row.getString("contrastive_name") == null
        ? null
        : new ContrastiveReader(identity(row, "contrastive"), row.getDouble("contrastive_weight"));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
