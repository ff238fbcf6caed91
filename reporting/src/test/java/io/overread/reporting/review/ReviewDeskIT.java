package io.overread.reporting.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.audit.AuditEntry;
import io.overread.reporting.Desk;
import io.overread.reporting.finding.StudyRevision;
import io.overread.reporting.review.ReviewResult.Decided;
import io.overread.reporting.text.InvalidTextException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ReviewDeskIT {
  private final Desk desk = new Desk();
  private final StudyRevision study = desk.study("1.2.3", "P1", "A1");
  private final UUID report = desk.draft(study).id();

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void accepted_and_signed_a_draft_is_final_and_shows_who_when_and_what_it_means() {
    desk.reviews.accept(Desk.GRAY, report, 1);
    var signed = decided(desk.reviews.sign(Desk.GRAY, report, 2, Desk.PASSWORD, Desk.MEANING));
    assertThat(signed.standing())
        .isEqualTo(new Report.Standing(ReportStatus.FINAL, ReviewState.SIGNED, 3));
    assertThat(signed.texts().signed()).isEqualTo(signed.texts().draft());
    assertThat(signed.signer())
        .isEqualTo(new Signer("gray", "Dr. Laura Gray", signed.times().updated(), Desk.MEANING));
    var entry = desk.audited("1.2.3").getLast();
    assertThat(entry.action()).isEqualTo("REPORT_SIGNED");
    assertThat(entry.actor()).isEqualTo("user:gray");
    assertThat(entry.subject()).isEqualTo("DiagnosticReport/" + report);
  }

  @Test
  void what_is_sent_follows_on_the_draft_and_on_every_signature_and_on_nothing_else() {
    desk.reviews.edit(Desk.GRAY, report, 1, "First edit.");
    desk.reviews.sign(Desk.GRAY, report, 2, Desk.PASSWORD, Desk.MEANING);
    desk.reviews.amend(Desk.GRAY, report, 3, "Second edit.", "Wrong side");
    desk.reviews.sign(Desk.GRAY, report, 4, Desk.PASSWORD, Desk.MEANING);
    assertThat(desk.followed).containsExactly("PRELIMINARY 1", "FINAL 3", "AMENDED 5");
  }

  @Test
  void a_signature_of_which_nothing_can_follow_is_undone() {
    desk.reviews.accept(Desk.GRAY, report, 1);
    desk.nothingCanFollow = true;
    assertThatThrownBy(() -> desk.reviews.sign(Desk.GRAY, report, 2, Desk.PASSWORD, Desk.MEANING))
        .isInstanceOf(IllegalStateException.class);
    assertThat(desk.reports.find(report).orElseThrow().standing().state())
        .isEqualTo(ReviewState.ACCEPTED);
  }

  @Test
  void the_draft_every_edit_and_the_signed_text_are_all_kept() {
    desk.reviews.edit(Desk.GRAY, report, 1, "First edit.");
    desk.reviews.edit(Desk.GRAY, report, 2, "Second edit.");
    desk.reviews.sign(Desk.GRAY, report, 3, Desk.PASSWORD, Desk.MEANING);
    desk.reviews.amend(Desk.GRAY, report, 4, "Third edit.", "Wrong side");
    var amended = decided(desk.reviews.sign(Desk.GRAY, report, 5, Desk.PASSWORD, Desk.MEANING));
    assertThat(amended.standing().status()).isEqualTo(ReportStatus.AMENDED);
    assertThat(amended.texts().draft()).startsWith("The heart is enlarged.");
    assertThat(desk.reports.versions(report))
        .extracting(version -> version.standing().state() + " " + version.text())
        .containsExactly(
            "DRAFTED The heart is enlarged.\nNo effusion.",
            "EDITED First edit.",
            "EDITED Second edit.",
            "SIGNED Second edit.",
            "AMENDING Third edit.",
            "SIGNED Third edit.");
    assertThat(desk.audited("1.2.3"))
        .extracting(AuditEntry::action)
        .endsWith(
            "REPORT_EDITED", "REPORT_EDITED", "REPORT_SIGNED", "REPORT_AMENDED", "REPORT_SIGNED");
  }

  @Test
  void a_signed_report_stays_final_with_its_signed_text_while_it_is_being_changed() {
    desk.reviews.accept(Desk.GRAY, report, 1);
    desk.reviews.sign(Desk.GRAY, report, 2, Desk.PASSWORD, Desk.MEANING);
    var open = decided(desk.reviews.amend(Desk.GRAY, report, 3, "Changed.", "Wrong side"));
    assertThat(open.standing().status()).isEqualTo(ReportStatus.FINAL);
    assertThat(open.texts().signed()).startsWith("The heart is enlarged.");
    var givenUp = decided(desk.reviews.reject(Desk.GRAY, report, 4, "It was right"));
    assertThat(givenUp.standing())
        .isEqualTo(new Report.Standing(ReportStatus.FINAL, ReviewState.SIGNED, 5));
    assertThat(givenUp.texts().current()).startsWith("The heart is enlarged.");
  }

  @Test
  void a_rejected_draft_is_cancelled_and_can_be_rewritten() {
    var rejected = decided(desk.reviews.reject(Desk.GRAY, report, 1, "Wrong patient position"));
    assertThat(rejected.standing().status()).isEqualTo(ReportStatus.CANCELLED);
    assertThat(desk.reviews.sign(Desk.GRAY, report, 2, Desk.PASSWORD, Desk.MEANING))
        .isEqualTo(new ReviewResult.NotAllowed(ReviewState.REJECTED, ReviewAction.SIGN));
    var rewritten = decided(desk.reviews.edit(Desk.GRAY, report, 2, "My own words."));
    assertThat(rewritten.standing().status()).isEqualTo(ReportStatus.PRELIMINARY);
  }

  @Test
  void a_draft_is_not_signed_before_it_was_accepted_or_edited() {
    assertThat(desk.reviews.sign(Desk.GRAY, report, 1, Desk.PASSWORD, Desk.MEANING))
        .isEqualTo(new ReviewResult.NotAllowed(ReviewState.DRAFTED, ReviewAction.SIGN));
  }

  @Test
  void a_wrong_password_signs_nothing_and_is_audited() {
    desk.reviews.accept(Desk.GRAY, report, 1);
    assertThat(desk.reviews.sign(Desk.GRAY, report, 2, "guess", Desk.MEANING))
        .isEqualTo(new ReviewResult.SignerNotVerified());
    assertThat(desk.reports.find(report).orElseThrow().standing().version()).isEqualTo(2);
    var entry = desk.audited("1.2.3").getLast();
    assertThat(entry.action()).isEqualTo("REPORT_SIGNED");
    assertThat(entry.outcome()).isEqualTo("REFUSED");
  }

  @Test
  void who_is_no_radiologist_decides_nothing_even_with_every_other_role() {
    var clerk = new Reviewer("gray", "Clerk", Set.of("administrator", "auditor"));
    assertThat(desk.reviews.accept(clerk, report, 1))
        .isEqualTo(new ReviewResult.Forbidden("radiologist"));
    assertThat(desk.reviews.sign(clerk, report, 1, Desk.PASSWORD, Desk.MEANING))
        .isEqualTo(new ReviewResult.Forbidden("radiologist"));
    assertThat(desk.reports.find(report).orElseThrow().standing().version()).isEqualTo(1);
    assertThat(desk.audited("1.2.3"))
        .extracting(AuditEntry::outcome)
        .endsWith("REFUSED", "REFUSED");
  }

  @Test
  void of_two_sessions_that_edit_the_same_version_at_once_one_is_stale() throws Exception {
    var together = new CyclicBarrier(2);
    try (var sessions = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ReviewResult>> results =
          List.of(
              sessions.submit(() -> editTogether(together, "One.")),
              sessions.submit(() -> editTogether(together, "Two.")));
      var first = results.get(0).get();
      var second = results.get(1).get();
      assertThat(List.of(first, second))
          .filteredOn(result -> result.equals(new ReviewResult.Stale(2)))
          .hasSize(1);
      assertThat(List.of(first, second)).filteredOn(Decided.class::isInstance).hasSize(1);
    }
    assertThat(desk.reports.versions(report)).hasSize(2);
  }

  @Test
  void a_stale_version_is_told_the_current_one() {
    desk.reviews.edit(Desk.GRAY, report, 1, "Edit.");
    assertThat(desk.reviews.accept(Desk.GRAY, report, 1)).isEqualTo(new ReviewResult.Stale(2));
    assertThat(desk.reviews.sign(Desk.GRAY, report, 9, Desk.PASSWORD, Desk.MEANING))
        .isEqualTo(new ReviewResult.Stale(2));
  }

  @Test
  void an_unknown_report_is_not_found() {
    var unknown = UUID.randomUUID();
    assertThat(desk.reviews.accept(Desk.GRAY, unknown, 1)).isEqualTo(new ReviewResult.NotFound());
    assertThat(desk.reviews.sign(Desk.GRAY, unknown, 1, Desk.PASSWORD, Desk.MEANING))
        .isEqualTo(new ReviewResult.NotFound());
  }

  @Test
  void an_empty_report_or_reason_is_refused() {
    assertThatThrownBy(() -> desk.reviews.edit(Desk.GRAY, report, 1, "  "))
        .isInstanceOf(InvalidTextException.class);
    assertThatThrownBy(() -> desk.reviews.reject(Desk.GRAY, report, 1, ""))
        .isInstanceOf(InvalidTextException.class);
  }

  @Test
  void when_the_audit_trail_can_not_be_written_the_decision_does_not_stand() {
    owner("alter table audit_entry rename to audit_elsewhere");
    assertThatThrownBy(() -> desk.reviews.accept(Desk.GRAY, report, 1)).isNotNull();
    assertThat(desk.reports.find(report).orElseThrow().standing().version()).isEqualTo(1);
  }

  private ReviewResult editTogether(CyclicBarrier together, String text) throws Exception {
    together.await();
    return desk.reviews.edit(Desk.GRAY, report, 1, text);
  }

  private void owner(String sql) {
    JdbcClient.create(desk.database.ownerDataSource()).sql(sql).update();
  }

  private static Report decided(ReviewResult result) {
    assertThat(result).isInstanceOf(Decided.class);
    return ((Decided) result).report();
  }
}
