package io.overread.gateway.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.Sample;
import io.overread.gateway.TestGateway;
import io.overread.gateway.rule.Parsed;
import io.overread.gateway.triage.TriageRuleBook.Saved;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class TriageIT {
  private static final TriageRuleBook.Names NAMES =
      new TriageRuleBook.Names(Set.of("chest-ct"), Set.of("medgemma"));

  @TempDir Path home;
  private TestGateway gateway;
  private TriageRuleBook book;
  private Triage triage;
  private final List<TriageDecision> decisions = new ArrayList<>();

  @BeforeEach
  void start() {
    gateway = new TestGateway(home, study -> decisions.add(triage.decide(study)));
    JdbcClient jdbc = JdbcClient.create(gateway.database.serviceDataSource());
    book = new TriageRuleBook(jdbc, gateway.transaction, gateway.auditTrail, gateway.clock);
    triage =
        new Triage(
            book, new StudyHeaders(gateway.instances), jdbc, gateway.auditTrail, gateway.clock);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "QualityControlImage, YES, quality control image",
        "QualityControlImage, NO, -",
        "PatientName, PHANTOM^ACR, quality control image",
        "PatientName, QA^Monday, quality control image",
        "PatientName, Qadir^Ali, -",
        "PatientID, QC-2026-11, quality control image",
        "PatientID, QCARD7, -",
        "SeriesDescription, Water phantom 20 cm, quality control image",
        "ProtocolName, Daily QA, quality control image",
        "StudyDescription, Sacrum ap, -",
        "SeriesDescription, Air cal, calibration scan",
        "PatientSpeciesDescription, Canis lupus, not a human patient",
        "PatientSpeciesDescription, Homo sapiens, -",
      })
  void the_shipped_rules_keep_what_shows_no_patient_from_the_model(
      String keyword, String value, String reason) throws IOException {
    int tag = io.overread.dicom.dictionary.DataElementDictionary.tag(keyword).orElseThrow();
    complete(Sample.of(7, 1).with(tag, value));

    TriageDecision decision = triage.latest("2.25.7").orElseThrow();
    assertThat(decision.notDrafted()).isEqualTo(reason);
    assertThat(decision.draft()).isEqualTo(reason == null);
    assertThat(decision.rulesVersion()).isZero();
    assertThat(gateway.audited()).contains("STUDY_TRIAGED");
  }

  @Test
  void a_calibration_within_a_study_of_a_patient_is_left_out_alone() throws IOException {
    complete(
        Sample.of(7, 1),
        Sample.of(7, 2)
            .with(Tag.SeriesInstanceUID, "2.25.7.2")
            .with(Tag.SeriesDescription, "ASSET calibration"));

    TriageDecision decision = decisions.getLast();
    assertThat(decision.draft()).isTrue();
    assertThat(decision.excluded())
        .containsExactly(
            new TriageDecision.ExcludedSeries("2.25.7.2", "Calibration", "calibration scan"));
  }

  @Test
  void the_first_rule_that_states_something_decides_it() throws IOException {
    change(
        new TriageRule("a", "Modality = CT", TriagePriority.URGENT, null, null, null),
        new TriageRule("b", "Modality = DX", TriagePriority.OFF_PEAK, true, null, null),
        new TriageRule("c", "Modality exists", TriagePriority.URGENT, false, "no", "chest-ct"));

    complete(Sample.of(7, 1));

    assertThat(decisions.getLast())
        .isEqualTo(new TriageDecision(1, TriagePriority.OFF_PEAK, null, "chest-ct", List.of()));
    assertThat(triage.latest("2.25.7")).contains(decisions.getLast());
  }

  @Test
  void a_rule_may_name_the_model_and_only_one_that_is_loaded() throws IOException {
    assertThat(change(new TriageRule("a", "Modality = CT", null, null, null, null, "gpt")))
        .isEqualTo(new Saved.Invalid(0, null, "there is no model 'gpt'"));
    change(
        new TriageRule("a", "Modality = MR", null, null, null, null, "other"),
        new TriageRule("b", "Modality exists", null, null, null, null, "medgemma"));
    assertThat(book.current().version()).isZero();
    change(new TriageRule("b", "Modality exists", null, null, null, null, "medgemma"));

    complete(Sample.of(7, 1));

    assertThat(decisions.getLast().model()).isEqualTo("medgemma");
    assertThat(triage.latest("2.25.7")).contains(decisions.getLast());
    assertThat(book.current().rules().getFirst().model()).isEqualTo("medgemma");
  }

  @Test
  void a_change_makes_a_version_names_its_author_and_tells_no_conditions_in_the_audit() {
    Saved saved =
        change(new TriageRule("a", "PatientName = \"Doe^Jane\"", null, false, "no", null));

    assertThat(saved).isInstanceOf(Saved.Changed.class);
    assertThat(book.current().version()).isEqualTo(1);
    assertThat(book.changes()).extracting(TriageRules.Change::by).containsExactly("user:admin");
    assertThat(gateway.audited()).containsExactly("TRIAGE_RULES_CHANGED");
    assertThat(gateway.entries().getLast().actor()).isEqualTo("user:admin");
    assertThat(gateway.entries().getLast().detail())
        .contains("\"added\":\"a\"")
        .doesNotContain("Doe");
  }

  @Test
  void of_two_changes_to_the_same_version_the_second_is_told() {
    change(new TriageRule("a", "Modality = CT", TriagePriority.URGENT, null, null, null));

    Saved second =
        book.change(
            0, List.of(), "user:other", "mine", new TriageRuleBook.Names(Set.of(), Set.of()));

    assertThat(second).isEqualTo(new Saved.Stale(1));
    assertThat(book.current().rules()).hasSize(1);
  }

  @Test
  void what_can_be_no_rule_is_refused_with_its_place() {
    assertThat(change(new TriageRule("a", "Modality = ", null, true, null, null)))
        .isInstanceOfSatisfying(
            Saved.Invalid.class,
            invalid -> {
              assertThat(invalid.rule()).isZero();
              assertThat(invalid.position()).isEqualTo(11);
            });
    assertThat(change(new TriageRule("a", "Modality = CT", null, false, null, null)))
        .isInstanceOf(Saved.Invalid.class);
    assertThat(change(new TriageRule("a", "Modality = CT", null, null, null, null)))
        .isInstanceOf(Saved.Invalid.class);
    assertThat(change(new TriageRule("a", "Modality = CT", null, null, null, "no-such")))
        .isInstanceOf(Saved.Invalid.class);
    TriageRule rule = new TriageRule("a", "Modality = CT", null, true, null, null);
    assertThat(change(rule, rule)).isInstanceOf(Saved.Invalid.class);
    assertThat(book.current().version()).isZero();
    assertThat(gateway.audited()).isEmpty();
  }

  @Test
  void what_was_a_rule_once_stays_written() {
    change(new TriageRule("a", "Modality = CT", TriagePriority.URGENT, null, null, null));
    JdbcClient service = JdbcClient.create(gateway.database.serviceDataSource());

    assertThatThrownBy(() -> service.sql("delete from triage_rule").update())
        .isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> service.sql("update triage_rules set changed_by = 'x'").update())
        .isInstanceOf(DataAccessException.class);
  }

  @Test
  void a_condition_is_tried_on_each_series_of_a_stored_study() throws IOException {
    complete(
        Sample.of(7, 1),
        Sample.of(7, 2).with(Tag.SeriesInstanceUID, "2.25.7.2").with(Tag.Modality, "CR"));
    var when = ((Parsed.Valid) Parsed.of("Modality = CR and PatientID = P7")).expression();

    List<Triage.Trial> trials = triage.tryOn("2.25.7", when);

    assertThat(trials).extracting(trial -> trial.evaluation().holds()).containsExactly(false, true);
    assertThat(trials.getFirst().evaluation().clauses().getFirst().values()).containsExactly("DX");
  }

  @Test
  void the_shipped_rules_are_rules() {
    assertThat(ShippedRules.RULES)
        .allSatisfy(
            rule -> {
              assertThat(rule.fault()).isNull();
              assertThat(Parsed.of(rule.when())).isInstanceOf(Parsed.Valid.class);
            });
  }

  private Saved change(TriageRule... rules) {
    return book.change(0, List.of(rules), "user:admin", "a test", NAMES);
  }

  private void complete(Sample... samples) throws IOException {
    for (Sample sample : samples) {
      gateway.store.receive(sample.arrival(), sample.stream());
    }
    gateway.advance(TestGateway.QUIET);
  }
}
