package io.overread.reporting.finding;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of {@code finding}: written once, read often. */
final class FindingTable {
  private final JdbcClient jdbc;

  FindingTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(UUID analysisId, RecordedFinding finding) {
    Doubt doubt = finding.score().doubt();
    ContrastiveScore contrastive = finding.score().contrastive();
    jdbc.sql(
            """
            insert into finding (id, analysis_id, ordinal, finding_id, name, question, probability,
              present, sentence, codes, body_site, sop_instance_uid, frame_number, objection,
              objection_reason, drafting_probability, contrastive_log_odds,
              contrastive_probability, joined)
            values (:id, :analysis, :ordinal, :finding, :name, :question, :probability,
              :present, :sentence, :codes, :site, :sop, :frame, :objection, :reason, :alone,
              :odds, :contrastive, :joined)
            """)
        .param("id", finding.id())
        .param("analysis", analysisId)
        .param("ordinal", finding.ordinal())
        .param("finding", finding.question().findingId())
        .param("name", finding.question().name())
        .param("question", finding.question().text())
        .param("probability", finding.score().probability())
        .param("present", finding.score().present())
        .param("sentence", finding.score().sentence())
        .param("codes", ConceptCodes.write(finding.codes().finding()))
        .param("site", ConceptCodes.write(finding.codes().bodySite()))
        .param("sop", finding.image().sopInstanceUid())
        .param("frame", finding.image().frameNumber())
        .param("objection", doubt == null ? null : doubt.guard())
        .param("reason", doubt == null ? null : doubt.reason())
        .param("alone", contrastive == null ? null : contrastive.alone())
        .param("odds", contrastive == null ? null : contrastive.logOdds())
        .param("contrastive", contrastive == null ? null : contrastive.probability())
        .param("joined", contrastive == null ? null : contrastive.joined())
        .update();
  }

  List<RecordedFinding> of(UUID analysisId) {
    return jdbc.sql("select * from finding where analysis_id = :analysis order by ordinal")
        .param("analysis", analysisId)
        .query((row, number) -> read(row))
        .list();
  }

  private static RecordedFinding read(ResultSet row) throws SQLException {
    return new RecordedFinding(
        row.getObject("id", UUID.class),
        row.getInt("ordinal"),
        new RecordedFinding.Question(
            row.getString("finding_id"), row.getString("name"), row.getString("question")),
        new RecordedFinding.Score(
            row.getObject("probability", Double.class),
            row.getObject("present", Boolean.class),
            row.getString("sentence"),
            doubt(row),
            contrastive(row)),
        new RecordedFinding.Codes(
            ConceptCodes.readAll(row.getString("codes")), bodySite(row.getString("body_site"))),
        new RecordedFinding.Image(row.getString("sop_instance_uid"), row.getInt("frame_number")));
  }

  private static @Nullable Doubt doubt(ResultSet row) throws SQLException {
    String guard = row.getString("objection");
    return guard == null ? null : new Doubt(guard, row.getString("objection_reason"));
  }

  private static @Nullable ContrastiveScore contrastive(ResultSet row) throws SQLException {
    Double odds = row.getObject("contrastive_log_odds", Double.class);
    return odds == null
        ? null
        : new ContrastiveScore(
            row.getObject("drafting_probability", Double.class),
            odds,
            row.getObject("contrastive_probability", Double.class),
            row.getBoolean("joined"));
  }

  private static List<ConceptCode> bodySite(@Nullable String json) {
    return json == null ? List.of() : ConceptCodes.readAll(json);
  }
}
