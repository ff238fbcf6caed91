package io.overread.service.journey;

import io.overread.reporting.draft.DraftReport;
import io.overread.reporting.draft.DraftResult;
import io.overread.reporting.finding.DraftMark;
import io.overread.reporting.finding.RecordedFinding;
import io.overread.vlm.decoding.Decoding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps with each draft how it was made, in the transaction that writes it. */
@Component
class DraftRuns {
  private static final TypeReference<List<Integer>> NUMBERS = new TypeReference<>() {};
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final DraftReport drafts;

  DraftRuns(JdbcClient jdbc, TransactionTemplate transaction, DraftReport drafts) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.drafts = drafts;
  }

  /** Writes a draft, and how it was made. */
  DraftResult write(
      UUID analysisId, List<RecordedFinding> findings, List<DraftMark> marks, DraftRun run) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              DraftResult result = drafts.write(analysisId, findings, run.text().words(), marks);
              if (result instanceof DraftResult.Drafted) {
                insert(analysisId, run);
              }
              return result;
            }));
  }

  private void insert(UUID analysisId, DraftRun run) {
    List<Integer> tokens = run.text().tokens();
    jdbc.sql(
            """
            insert into draft_run (analysis_id, runs_on, processors, platform, max_new_tokens,
              temperature, author, tokens, finish_reason, pixel_digests)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(analysisId)
        .param(run.place().runsOn())
        .param(run.place().processors())
        .param(run.place().platform())
        .param(run.decoding().maxNewTokens())
        .param(run.decoding().temperature())
        .param(run.text().author().name())
        .param(tokens == null ? null : JsonMapper.shared().writeValueAsString(tokens))
        .param(run.text().finishReason())
        .param(JsonMapper.shared().writeValueAsString(run.pixelDigests()))
        .update();
  }

  /** How a draft was made; empty of one from before this was kept. */
  static Optional<DraftRun> find(JdbcClient jdbc, UUID analysisId) {
    return jdbc.sql(
            """
            select r.*, a.seed, d.draft_text from draft_run r
            join analysis a on a.id = r.analysis_id join report d on d.analysis_id = a.id
            where r.analysis_id = ?
            """)
        .param(analysisId)
        .query(DraftRuns::row)
        .optional();
  }

  private static DraftRun row(ResultSet row, int number) throws SQLException {
    return new DraftRun(
        new DraftRun.Place(
            row.getString("runs_on"), row.getInt("processors"), row.getString("platform")),
        new Decoding(
            row.getInt("max_new_tokens"), row.getDouble("temperature"), 0, 1, row.getLong("seed")),
        new DraftRun.Text(
            row.getString("draft_text"),
            DraftRun.Author.valueOf(row.getString("author")),
            tokens(row.getString("tokens")),
            row.getString("finish_reason")),
        JsonMapper.shared().readValue(row.getString("pixel_digests"), TEXTS));
  }

  private static @Nullable List<Integer> tokens(@Nullable String json) {
    return json == null ? null : JsonMapper.shared().readValue(json, NUMBERS);
  }
}
