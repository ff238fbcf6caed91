package io.overread.reporting.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.audit.AuditEntry;
import io.overread.reporting.Desk;
import io.overread.reporting.finding.AnalysisResult.Moved;
import io.overread.reporting.finding.AnalysisResult.NotAllowed;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class AnalysisLedgerIT {
  private final Desk desk = new Desk();
  private final StudyRevision study = desk.study("1.2.3", "P1", "A1");

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void an_analysis_that_is_due_twice_is_one_analysis() {
    assertThat(desk.analyses.due(study)).isEqualTo(desk.analyses.due(study));
    assertThat(desk.analyses.latest("1.2.3").orElseThrow().state())
        .isEqualTo(AnalysisState.PENDING);
  }

  @Test
  void it_tells_how_far_it_is_and_keeps_its_plan() {
    var id = desk.analyses.due(study).id();
    var begun = (Moved) desk.analyses.begin(id, Desk.plan(study));
    assertThat(begun.analysis().plan()).isEqualTo(Desk.plan(study));
    desk.analyses.progress(id, "findings", 0.5f);
    assertThat(desk.analyses.find(id).orElseThrow().progress())
        .isEqualTo(new Analysis.Progress("findings", 0.5f));
  }

  @Test
  void progress_of_an_analysis_that_does_not_run_is_lost() {
    var id = desk.analyses.due(study).id();
    desk.analyses.progress(id, "findings", 0.5f);
    assertThat(desk.analyses.find(id).orElseThrow().progress())
        .isEqualTo(new Analysis.Progress(null, 0));
  }

  @Test
  void an_analysis_that_was_interrupted_or_failed_is_begun_again() {
    var id = desk.analyses.due(study).id();
    desk.analyses.begin(id, Desk.plan(study));
    assertThat(desk.analyses.begin(id, Desk.plan(study))).isInstanceOf(Moved.class);
    desk.analyses.fail(id, "out of memory");
    assertThat(desk.analyses.find(id).orElseThrow().failure()).isEqualTo("out of memory");
    var again = (Moved) desk.analyses.begin(id, Desk.plan(study));
    assertThat(again.analysis().failure()).isNull();
    assertThat(again.analysis().state()).isEqualTo(AnalysisState.RUNNING);
  }

  @Test
  void the_end_is_audited_with_the_model_the_inputs_and_the_seed() {
    var id = desk.analyses.due(study).id();
    desk.analyses.begin(id, Desk.plan(study));
    var findings = Desk.findings(study);
    desk.analyses.finish(id, findings);
    var entry = desk.audited("1.2.3").getLast();
    assertThat(entry.action()).isEqualTo("MODEL_RAN");
    assertThat(entry.detail())
        .contains("\"seed\":\"42\"", "\"modelDigest\":\"" + Desk.MODEL.digest(), "inputDigests")
        .contains("chest-radiograph");
    assertThat(desk.analyses.findings(id)).isEqualTo(findings);
  }

  @Test
  void a_failure_before_the_model_began_is_audited_too() {
    var id = desk.analyses.due(study).id();
    desk.analyses.fail(id, "no image could be rendered");
    assertThat(desk.audited("1.2.3"))
        .extracting(AuditEntry::action)
        .containsExactly("MODEL_FAILED");
    assertThat(desk.audited("1.2.3").getFirst().outcome()).isEqualTo("FAILED");
  }

  @Test
  void the_inputs_of_a_large_study_are_named_by_one_digest() {
    var id = desk.analyses.due(study).id();
    var plan = Desk.plan(study);
    var inputs = Collections.nCopies(1000, "ab".repeat(32));
    desk.analyses.begin(
        id,
        new AnalysisPlan(
            plan.readers(), plan.catalogueId(), plan.reportCode(), 1, inputs, plan.prompt()));
    desk.analyses.finish(id, List.of());
    assertThat(desk.audited("1.2.3").getLast().detail())
        .contains("\"inputs\":\"1000\"", "sha256 of the list");
  }

  @Test
  void a_contrastive_model_is_in_the_plan_the_findings_and_the_audit() {
    var report = desk.draftWithContrastive(study);
    var id = report.origin().analysisId();
    var plan = Objects.requireNonNull(desk.analyses.find(id).orElseThrow().plan());
    assertThat(plan.readers().contrastive())
        .isEqualTo(new ContrastiveReader(Desk.CONTRASTIVE, 0.5));
    assertThat(desk.analyses.findings(id))
        .extracting(finding -> finding.score().contrastive())
        .containsExactly(
            new ContrastiveScore(0.87, 1.5, 0.94, true),
            new ContrastiveScore(0.04, -3.25, null, false));
    assertThat(desk.audited("1.2.3"))
        .filteredOn(entry -> entry.action().equals("MODEL_RAN"))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.detail())
                    .contains(
                        "\"contrastiveDigest\":\"" + Desk.CONTRASTIVE.digest(),
                        "\"contrastiveName\":\"medsiglip\"",
                        "\"contrastiveWeight\":\"0.5\""));
    assertThatThrownBy(() -> new ContrastiveScore(0.5, 1, null, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_is_done_stays_done_and_is_not_audited_again() {
    var id = desk.analyses.due(study).id();
    desk.analyses.begin(id, Desk.plan(study));
    desk.analyses.finish(id, List.of());
    assertThat(desk.analyses.fail(id, "late"))
        .isEqualTo(new NotAllowed(AnalysisState.DONE, AnalysisAction.FAIL));
    assertThat(desk.audited("1.2.3")).hasSize(1);
  }

  @Test
  void findings_can_neither_be_changed_nor_deleted() {
    var id = desk.analyses.due(study).id();
    desk.analyses.begin(id, Desk.plan(study));
    desk.analyses.finish(id, Desk.findings(study));
    assertThatThrownBy(() -> desk.jdbc.sql("update finding set probability = 0").update())
        .isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> desk.jdbc.sql("delete from finding").update())
        .isInstanceOf(DataAccessException.class);
  }

  @Test
  void an_unknown_analysis_is_a_defect() {
    assertThatThrownBy(() -> desk.analyses.fail(UUID.randomUUID(), "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
