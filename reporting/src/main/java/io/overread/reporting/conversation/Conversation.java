package io.overread.reporting.conversation;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import io.overread.reporting.conversation.RecordedQuestion.Answered;
import io.overread.reporting.conversation.RecordedQuestion.Asked;
import io.overread.reporting.conversation.RecordedQuestion.Given;
import io.overread.reporting.finding.Doubt;
import io.overread.reporting.text.PlainText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The ledger of questions and answers. A question is recorded before the model sees it and answered
 * once. The audit entries name the texts by their digests: a question may hold a patient's name.
 */
public final class Conversation {
  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final AuditTrail audit;
  private final Clock clock;

  /** Over the tables of {@code jdbc}, whose data source is also that of {@code transactions}. */
  public Conversation(
      JdbcClient jdbc, TransactionOperations transactions, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Records a question: audit QUESTION_ASKED.
   *
   * @param username who asks
   * @throws io.overread.reporting.text.InvalidTextException when the question can't be taken
   */
  public RecordedQuestion ask(
      String studyInstanceUid, String username, String question, String modelDigest) {
    var text = PlainText.of("question", question, PlainText.LONGEST_REMARK);
    var asked =
        new RecordedQuestion(
            UUID.randomUUID(),
            studyInstanceUid,
            new Asked(username, clock.instant().truncatedTo(ChronoUnit.MICROS), text.value()),
            modelDigest,
            null);
    transactions.executeWithoutResult(
        status -> {
          insert(asked);
          var detail = Map.of("questionDigest", text.digest(), "modelDigest", modelDigest);
          append(AuditAction.QUESTION_ASKED, Outcome.SUCCESS, asked, detail);
        });
    return asked;
  }

  /**
   * Records how a question ended: audit ANSWER_GIVEN, with outcome FAILED where there is no answer.
   *
   * @throws IllegalStateException when it has ended before
   */
  public RecordedQuestion answer(UUID id, Given given) {
    return Objects.requireNonNull(
        transactions.execute(
            status -> {
              update(id, given);
              var question = find(id);
              var answer = given.answer();
              var detail = new LinkedHashMap<String, String>();
              detail.put("finishReason", given.finishReason());
              detail.put("refused", Boolean.toString(given.refused()));
              detail.put("modelDigest", question.modelDigest());
              if (given.withheld() != null) {
                detail.put("withheldBy", given.withheld().guard());
              }
              if (answer != null) {
                detail.put("answerDigest", PlainText.digest(answer));
              }
              var outcome = answer == null ? Outcome.FAILED : Outcome.SUCCESS;
              append(AuditAction.ANSWER_GIVEN, outcome, question, detail);
              return question;
            }));
  }

  /** The questions about a study, oldest first. */
  public List<RecordedQuestion> ofStudy(String studyInstanceUid) {
    return jdbc.sql(
            "select * from question where study_instance_uid = :study order by asked_at, id")
        .param("study", studyInstanceUid)
        .query((row, number) -> read(row))
        .list();
  }

  private RecordedQuestion find(UUID id) {
    return jdbc.sql("select * from question where id = :id")
        .param("id", id)
        .query((row, number) -> read(row))
        .single();
  }

  private void insert(RecordedQuestion question) {
    jdbc.sql(
            """
            insert into question
              (id, study_instance_uid, asked_by, asked_at, question, model_digest)
            values (:id, :study, :by, :at, :question, :model)
            """)
        .param("id", question.id())
        .param("study", question.studyInstanceUid())
        .param("by", question.asked().by())
        .param("at", question.asked().at().atOffset(ZoneOffset.UTC))
        .param("question", question.asked().text())
        .param("model", question.modelDigest())
        .update();
  }

  private void update(UUID id, Given given) {
    var withheld = given.withheld();
    var rows =
        jdbc.sql(
                """
                update question set answer = :answer, answered_at = :at,
                  mean_log_probability = :mean, refused = :refused, finish_reason = :reason,
                  probability = :probability, withheld_by = :guard, withheld_reason = :why
                where id = :id and answered_at is null
                """)
            .param("answer", given.answer())
            .param("at", clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
            .param("mean", given.meanLogProbability())
            .param("refused", given.refused())
            .param("reason", given.finishReason())
            .param("probability", given.probability())
            .param("guard", withheld == null ? null : withheld.guard())
            .param("why", withheld == null ? null : withheld.reason())
            .param("id", id)
            .update();
    if (rows != 1) {
      throw new IllegalStateException("Question " + id + " is unknown or has ended before");
    }
  }

  private void append(
      AuditAction action, Outcome outcome, RecordedQuestion question, Map<String, String> detail) {
    audit.append(
        new AuditAct(
            action,
            outcome,
            "user:" + question.asked().by(),
            question.studyInstanceUid(),
            "question/" + question.id(),
            detail));
  }

  private static RecordedQuestion read(ResultSet row) throws SQLException {
    return new RecordedQuestion(
        row.getObject("id", UUID.class),
        row.getString("study_instance_uid"),
        new Asked(row.getString("asked_by"), instant(row, "asked_at"), row.getString("question")),
        row.getString("model_digest"),
        row.getObject("answered_at") == null ? null : answered(row));
  }

  private static @Nullable Answered answered(ResultSet row) throws SQLException {
    return new Answered(
        instant(row, "answered_at"),
        new Given(
            row.getString("answer"),
            row.getObject("mean_log_probability", Double.class),
            row.getBoolean("refused"),
            row.getString("finish_reason"),
            row.getObject("probability", Double.class),
            withheld(row)));
  }

  private static @Nullable Doubt withheld(ResultSet row) throws SQLException {
    var guard = row.getString("withheld_by");
    return guard == null ? null : new Doubt(guard, row.getString("withheld_reason"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
