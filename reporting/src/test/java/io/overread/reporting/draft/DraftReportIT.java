package io.overread.reporting.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.audit.AuditEntry;
import io.overread.reporting.Desk;
import io.overread.reporting.finding.AnalysisState;
import io.overread.reporting.finding.StudyRevision;
import io.overread.reporting.review.ReportStatus;
import io.overread.reporting.review.ReviewState;
import io.overread.reporting.text.InvalidTextException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class DraftReportIT {
  private final Desk desk = new Desk();
  private final StudyRevision study = desk.study("1.2.3", "P1", "A1");

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void a_draft_is_preliminary_unsigned_and_its_first_version_is_kept() {
    var report = desk.draft(study);
    assertThat(report.standing().status()).isEqualTo(ReportStatus.PRELIMINARY);
    assertThat(report.standing().state()).isEqualTo(ReviewState.DRAFTED);
    assertThat(report.standing().version()).isEqualTo(1);
    assertThat(report.texts().draft()).isEqualTo("The heart is enlarged.\nNo effusion.");
    assertThat(report.signer()).isNull();
    assertThat(desk.reports.versions(report.id()))
        .singleElement()
        .satisfies(version -> assertThat(version.author()).isEqualTo("service"));
    assertThat(desk.audited("1.2.3"))
        .extracting(AuditEntry::action)
        .containsExactly("MODEL_RAN", "DRAFT_WRITTEN");
    assertThat(desk.analyses.findings(report.origin().analysisId())).hasSize(3);
  }

  @Test
  void a_draft_that_can_not_be_written_leaves_the_analysis_running_and_no_finding() {
    var analysis = desk.analyses.due(study);
    desk.analyses.begin(analysis.id(), Desk.plan(study));
    assertThatThrownBy(() -> desk.drafts.write(analysis.id(), Desk.findings(study), " "))
        .isInstanceOf(InvalidTextException.class);
    var twice = List.of(Desk.findings(study).get(0), Desk.findings(study).get(0));
    assertThatThrownBy(() -> desk.drafts.write(analysis.id(), twice, "text"))
        .isInstanceOf(DataAccessException.class);
    assertThat(desk.analyses.find(analysis.id()).orElseThrow().state())
        .isEqualTo(AnalysisState.RUNNING);
    assertThat(desk.analyses.findings(analysis.id())).isEmpty();
    assertThat(desk.audited("1.2.3")).isEmpty();
  }

  @Test
  void writing_a_draft_again_gives_the_one_there_is() {
    var report = desk.draft(study);
    assertThat(desk.drafts.write(report.origin().analysisId(), Desk.findings(study), "other"))
        .isEqualTo(new DraftResult.AlreadyDrafted(report));
  }

  @Test
  void what_a_guard_objects_to_stays_in_the_draft_and_is_kept_with_its_reason_for_good() {
    var report = desk.markedDraft(study);
    assertThat(report.texts().draft()).contains("The effusion has increased.");
    var analysis = report.origin().analysisId();
    assertThat(desk.analyses.marks(analysis))
        .singleElement()
        .satisfies(
            mark -> {
              assertThat(mark.sentence()).isEqualTo("The effusion has increased.");
              assertThat(mark.doubt().guard()).isEqualTo("change-without-prior");
            });
    assertThat(desk.analyses.findings(analysis).getFirst().score().doubt()).isNotNull();
    assertThat(desk.audited("1.2.3").getLast().detail()).contains("\"marks\":\"1\"");
    assertThatThrownBy(() -> desk.jdbc.sql("update draft_mark set reason = 'x'").update())
        .isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> desk.jdbc.sql("delete from draft_mark").update())
        .isInstanceOf(DataAccessException.class);
  }

  @Test
  void an_analysis_that_was_never_begun_has_no_draft() {
    var analysis = desk.analyses.due(study);
    assertThat(desk.drafts.write(analysis.id(), Desk.findings(study), "text"))
        .isEqualTo(new DraftResult.NotRunning(AnalysisState.PENDING));
  }

  @Test
  void a_new_revision_supersedes_the_unsigned_draft_and_refers_to_it() {
    var first = desk.draft(study);
    var second = desk.draft(desk.completedAgain(study));
    assertThat(second.origin().replaces()).isEqualTo(first.id());
    assertThat(second.standing().status()).isEqualTo(ReportStatus.PRELIMINARY);
    var before = desk.reports.find(first.id()).orElseThrow();
    assertThat(before.standing().status()).isEqualTo(ReportStatus.CANCELLED);
    assertThat(before.standing().state()).isEqualTo(ReviewState.SUPERSEDED);
    assertThat(desk.reports.latest("1.2.3")).contains(second);
    assertThat(desk.audited("1.2.3").getLast().detail()).contains(first.id().toString());
  }

  @Test
  void a_new_revision_leaves_a_signed_report_final() {
    var first = desk.draft(study);
    desk.reviews.accept(Desk.GRAY, first.id(), 1);
    desk.reviews.sign(Desk.GRAY, first.id(), 2, Desk.PASSWORD, Desk.MEANING);
    var second = desk.draft(desk.completedAgain(study));
    assertThat(second.origin().replaces()).isEqualTo(first.id());
    assertThat(desk.reports.find(first.id()).orElseThrow().standing().status())
        .isEqualTo(ReportStatus.FINAL);
  }

  @Test
  void a_late_draft_of_an_earlier_revision_is_superseded_at_once() {
    var again = desk.completedAgain(study);
    desk.draft(again);
    var late = desk.draft(study);
    assertThat(late.standing().state()).isEqualTo(ReviewState.SUPERSEDED);
    assertThat(desk.reports.latest("1.2.3").orElseThrow().origin().study()).isEqualTo(again);
  }
}
