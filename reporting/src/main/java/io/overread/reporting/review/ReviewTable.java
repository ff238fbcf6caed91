package io.overread.reporting.review;

import io.overread.reporting.text.PlainText;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes decisions: the row of {@code review} first, since the database asks for it. */
final class ReviewTable {
  private final JdbcClient jdbc;

  ReviewTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void write(Report report, Decision decision, ReviewLifeCycle.Transition to, Instant now) {
    var text = decision.textAfter(report);
    insertReview(report, decision, text, now);
    if (decision.action() == ReviewAction.SIGN) {
      sign(report, decision, to, text, now);
    } else {
      change(report, to, text.value(), decision.by().actor(), now);
    }
  }

  /** The next version of an unsigned report, or of the unsigned part of a signed one. */
  void change(
      Report report, ReviewLifeCycle.Transition to, String text, String actor, Instant now) {
    var rows =
        jdbc.sql(
                """
                update report set status = :status, review_state = :state, version = version + 1,
                  text = :text, updated_at = :now, updated_by = :actor
                where id = :id and version = :version
                """)
            .param("status", status(report, to))
            .param("state", to.state().name())
            .param("text", text)
            .param("now", at(now))
            .param("actor", actor)
            .param("id", report.id())
            .param("version", report.standing().version())
            .update();
    requireOne(rows, report.id());
  }

  private void sign(
      Report report,
      Decision decision,
      ReviewLifeCycle.Transition to,
      PlainText text,
      Instant now) {
    var rows =
        jdbc.sql(
                """
                update report set status = :status, review_state = :state, version = version + 1,
                  text = :text, signed_text = :text, signed_by = :by, signed_by_name = :name,
                  signed_at = :now, signature_meaning = :meaning, updated_at = :now,
                  updated_by = :actor
                where id = :id and version = :version
                """)
            .param("status", status(report, to))
            .param("state", to.state().name())
            .param("text", text.value())
            .param("by", decision.by().username())
            .param("name", decision.by().displayName())
            .param("now", at(now))
            .param("meaning", value(decision.meaning()))
            .param("actor", decision.by().actor())
            .param("id", report.id())
            .param("version", report.standing().version())
            .update();
    requireOne(rows, report.id());
  }

  private void insertReview(Report report, Decision decision, PlainText text, Instant now) {
    jdbc.sql(
            """
            insert into review (id, report_id, report_version, decision, text, reason, reviewer,
              reviewer_name, meaning, decided_at)
            values (:id, :report, :version, :decision, :text, :reason, :by, :name, :meaning, :now)
            """)
        .param("id", UUID.randomUUID())
        .param("report", report.id())
        .param("version", report.standing().version() + 1)
        .param("decision", decision.word())
        .param("text", text.value())
        .param("reason", value(decision.reason()))
        .param("by", decision.by().username())
        .param("name", decision.by().displayName())
        .param("meaning", value(decision.meaning()))
        .param("now", at(now))
        .update();
  }

  private static String status(Report report, ReviewLifeCycle.Transition to) {
    var status = to.status();
    return (status == null ? report.standing().status() : status).code();
  }

  private static @Nullable String value(@Nullable PlainText text) {
    return text == null ? null : text.value();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static void requireOne(int rows, UUID id) {
    if (rows != 1) {
      throw new IllegalStateException("Report " + id + " changed under its lock");
    }
  }
}
