package io.overread.reporting.finding;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of {@code draft_mark}: written once with the draft, read with it. */
public final class DraftMarks {
  private final JdbcClient jdbc;

  /** Over the tables of this client. */
  public DraftMarks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Writes them, in the transaction of the draft. */
  public void insert(UUID analysisId, List<DraftMark> marks) {
    int ordinal = 0;
    for (DraftMark mark : marks) {
      jdbc.sql(
              """
              insert into draft_mark (analysis_id, ordinal, sentence, guard, reason)
              values (:analysis, :ordinal, :sentence, :guard, :reason)
              """)
          .param("analysis", analysisId)
          .param("ordinal", ordinal++)
          .param("sentence", mark.sentence())
          .param("guard", mark.doubt().guard())
          .param("reason", mark.doubt().reason())
          .update();
    }
  }

  /** Those of an analysis's draft, in the order of its sentences. */
  public List<DraftMark> of(UUID analysisId) {
    return jdbc.sql("select * from draft_mark where analysis_id = :analysis order by ordinal")
        .param("analysis", analysisId)
        .query(
            (row, number) ->
                new DraftMark(
                    row.getString("sentence"),
                    new Doubt(row.getString("guard"), row.getString("reason"))))
        .list();
  }
}
