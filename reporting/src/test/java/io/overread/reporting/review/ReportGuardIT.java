package io.overread.reporting.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.reporting.Desk;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database refuses to the service's own user, whatever our Java says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportGuardIT {
  private final Desk desk = new Desk();
  private UUID draft = new UUID(0, 0);
  private UUID signed = new UUID(0, 0);

  @BeforeAll
  void reports() {
    draft = desk.draft(desk.study("1.2.3", "P1", "A1")).id();
    signed = desk.draft(desk.study("1.2.4", "P2", "A2")).id();
    desk.reviews.accept(Desk.GRAY, signed, 1);
    desk.reviews.sign(Desk.GRAY, signed, 2, Desk.PASSWORD, Desk.MEANING);
    desk.reviews.accept(Desk.GRAY, draft, 1);
  }

  @AfterAll
  void close() {
    desk.close();
  }

  @Test
  void plain_sql_does_not_make_a_report_final() {
    assertThatThrownBy(
            () ->
                service(
                    """
                    update report set status = 'final', review_state = 'SIGNED',
                      version = version + 1, signed_text = text, signed_by = 'gray',
                      signed_by_name = 'Dr. Laura Gray', signed_at = now(),
                      signature_meaning = 'read' where id = :draft
                    """))
        .hasMessageContaining("only a signed review makes it final");
  }

  @Test
  void a_review_of_another_decision_or_version_or_text_does_not_make_it_final_either() {
    assertThatThrownBy(
            () ->
                desk.transactions.executeWithoutResult(
                    status -> {
                      review("signed", "version + 1", "text || '!'", "'read'");
                      sign();
                    }))
        .hasMessageContaining("only a signed review makes it final");
    assertThatThrownBy(
            () ->
                desk.transactions.executeWithoutResult(
                    status -> {
                      review("accepted", "version + 1", "text", "null");
                      sign();
                    }))
        .hasMessageContaining("only a signed review makes it final");
  }

  @Test
  void a_review_of_a_version_that_never_was_is_refused_at_the_commit() {
    assertThatThrownBy(
            () ->
                desk.transactions.executeWithoutResult(
                    status -> review("signed", "version + 1", "text", "'read'")))
        .isInstanceOf(DataAccessException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update report set draft_text = 'x', version = version + 1 where id = :draft",
        "update report set study_revision = 7, version = version + 1 where id = :draft",
        "update report set text = 'x' where id = :draft",
        "update report set text = 'x', version = 1 where id = :draft",
        "update report set status = 'final', version = version + 1 where id = :draft",
        "update report set signed_text = 'x', version = version + 1 where id = :signed",
        "update report set signed_by_name = 'x', version = version + 1 where id = :signed",
        "update report set signed_at = now(), version = version + 1 where id = :signed",
        "update report set text = 'x', version = version + 1 where id = :signed",
        "update report set status = 'amended', version = version + 1 where id = :signed",
        "update report set status = 'preliminary', review_state = 'EDITED', signed_text = null,"
            + " signed_by = null, signed_by_name = null, signed_at = null,"
            + " signature_meaning = null, version = version + 1 where id = :signed",
        "update report set status = 'entered-in-error', version = version + 1 where id = :signed",
        "delete from report where id = :draft",
        "delete from report_version",
        "update report_version set text = 'x'",
        "insert into report_version select report_id, 99, status, review_state, text, author,"
            + " recorded_at, resource from report_version",
        "update review set decision = 'signed', meaning = 'x'",
        "delete from review",
        "truncate report cascade",
        "insert into report (id, study_instance_uid, study_revision, analysis_id, status,"
            + " review_state, version, draft_text, text, created_at, updated_at, updated_by)"
            + " select gen_random_uuid(), study_instance_uid, 9, analysis_id, 'cancelled',"
            + " 'REJECTED', 1, text, text, now(), now(), 'x' from report where id = :draft",
      })
  void the_service_may_not(String sql) {
    var before = rows();
    assertThatThrownBy(() -> service(sql)).isInstanceOf(DataAccessException.class);
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void not_even_the_owner_deletes_a_report_or_rewrites_a_review_by_a_slip() {
    var owner = JdbcClient.create(desk.database.ownerDataSource());
    assertThatThrownBy(() -> owner.sql("delete from report").update())
        .hasMessageContaining("what is written is kept");
    assertThatThrownBy(() -> owner.sql("update review set reviewer = 'x'").update())
        .hasMessageContaining("what is written is kept");
  }

  private int service(String sql) {
    return desk.jdbc.sql(sql).param("draft", draft).param("signed", signed).update();
  }

  private void review(String decision, String version, String text, String meaning) {
    desk.jdbc
        .sql(
            """
            insert into review (id, report_id, report_version, decision, text, reviewer,
              reviewer_name, meaning, decided_at)
            select gen_random_uuid(), id, %s, '%s', %s, 'gray', 'Dr. Laura Gray', %s,
              timestamptz '2026-02-01 10:00Z' from report where id = :draft
            """
                .formatted(version, decision, text, meaning))
        .param("draft", draft)
        .update();
  }

  private void sign() {
    service(
        """
        update report set status = 'final', review_state = 'SIGNED', version = version + 1,
          signed_text = text, signed_by = 'gray', signed_by_name = 'Dr. Laura Gray',
          signed_at = timestamptz '2026-02-01 10:00Z', signature_meaning = 'read' where id = :draft
        """);
  }

  private String rows() {
    return desk.jdbc
        .sql(
            """
            select (select string_agg(r::text, ';' order by id) from report r)
              || (select string_agg(v::text, ';' order by report_id, version) from report_version v)
              || (select string_agg(w::text, ';' order by id) from review w)
            """)
        .query(String.class)
        .single();
  }
}
