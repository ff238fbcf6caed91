package io.overread.gateway.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.Sample;
import io.overread.gateway.TestGateway;
import io.overread.gateway.study.CompletenessProperties.ExpectedContents;
import io.overread.gateway.study.StudySignal.Availability;
import io.overread.gateway.study.StudySignal.AvailabilityNotified;
import io.overread.gateway.study.StudySignal.End;
import io.overread.gateway.study.StudySignal.PerformedStepEnded;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a study counts as complete, beside mere silence. */
class CompletenessIT {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration OF_CT = Duration.ofMinutes(3);

  @TempDir Path home;
  private TestGateway gateway;
  private final List<CompleteStudy> completed = new ArrayList<>();

  @BeforeEach
  void start() {
    gateway =
        new TestGateway(
            home,
            completed::add,
            new CompletenessProperties(
                Map.of("ct", "180"),
                LONGEST,
                Map.of(
                    "knees",
                    new ExpectedContents("BodyPartExamined = KNEE", List.of("A*", "B"), 2, 3))));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void while_images_arrive_nothing_is_known() throws IOException {
    store(Sample.of(7, 1));

    assertProgress(Completeness.UNKNOWN, "still arriving");
  }

  @Test
  void the_quiet_time_is_the_longest_of_the_modalities_that_came() throws IOException {
    store(Sample.of(7, 1).with(Tag.Modality, "CT"));
    store(inSeries(2, 2).with(Tag.Modality, "SR"));
    gateway.advance(OF_CT.minus(SECOND));
    assertThat(completed).isEmpty();

    gateway.advance(SECOND);

    assertProgress(Completeness.COMPLETE, "quiet for 3 min");
    assertThat(gateway.count("scheduled_tasks")).isZero();
  }

  @Test
  void a_study_that_never_falls_quiet_has_an_end() throws IOException {
    int number = 0;
    while (completed.isEmpty() && number < 100) {
      store(Sample.of(7, ++number));
      gateway.advance(Duration.ofSeconds(30));
    }

    assertProgress(Completeness.PARTIAL, "forced end after 10 min, images were still arriving");
    assertThat(number).isEqualTo(20);
    assertThat(gateway.entries().getLast().detail()).contains("PARTIAL");
  }

  @Test
  void after_a_forced_end_what_comes_later_is_a_revision_with_a_time_of_its_own()
      throws IOException {
    for (int number = 1; completed.isEmpty(); number++) {
      store(Sample.of(7, number));
      gateway.advance(Duration.ofSeconds(30));
    }
    gateway.advance(Duration.ofDays(1));

    store(Sample.of(7, 999));
    assertProgress(Completeness.UNKNOWN, "still arriving");
    gateway.advance(TestGateway.QUIET);

    assertThat(completed).extracting(CompleteStudy::revision).containsExactly(1, 2);
    assertProgress(Completeness.COMPLETE, "quiet for 60 s");
  }

  @Test
  void series_that_a_rule_expects_are_waited_for_and_named_when_they_do_not_come()
      throws IOException {
    store(knee(1, 1, "A left"));
    store(knee(1, 2, "A left"));
    gateway.advance(LONGEST.minus(SECOND));
    assertThat(completed).isEmpty();

    gateway.advance(SECOND);

    assertProgress(
        Completeness.PARTIAL,
        "forced end after 10 min, series 'B' missing, 1 of at least 2 series,"
            + " 2 of at least 3 images");
  }

  @Test
  void once_what_is_expected_is_here_the_quiet_time_is_enough() throws IOException {
    store(knee(1, 1, "a right"));
    store(knee(1, 2, "a right"));
    gateway.advance(Duration.ofMinutes(5));
    store(knee(2, 3, "b"));

    gateway.advance(TestGateway.QUIET);

    assertProgress(Completeness.COMPLETE, "quiet for 60 s, everything expected is here");
  }

  @Test
  void a_performed_procedure_step_that_names_all_that_is_here_needs_no_silence()
      throws IOException {
    store(Sample.of(7, 1));
    store(Sample.of(7, 2));

    step(End.COMPLETED, 1, 2);
    gateway.advance(Duration.ZERO);

    assertProgress(
        Completeness.COMPLETE,
        "all 2 images that the performed procedure step of CT1 named are here");
  }

  @Test
  void what_was_announced_before_its_first_image_is_waited_for_beyond_the_silence()
      throws IOException {
    notified(1, 2);
    notified(3);
    store(Sample.of(7, 1));
    gateway.advance(TestGateway.QUIET.multipliedBy(2));
    store(Sample.of(7, 2));
    gateway.advance(TestGateway.QUIET);
    assertThat(completed).isEmpty();

    store(Sample.of(7, 3));
    gateway.advance(Duration.ofSeconds(2));

    assertProgress(
        Completeness.COMPLETE, "all 3 images that the notification of CT1 named are here");
  }

  @Test
  void what_was_announced_and_never_comes_is_counted() throws IOException {
    store(Sample.of(7, 1));
    step(End.COMPLETED, 1, 2, 3);

    gateway.advance(LONGEST);

    assertProgress(
        Completeness.PARTIAL,
        "forced end after 10 min, 2 of the 3 images that the performed procedure step of CT1"
            + " named are missing");
  }

  @Test
  void images_that_nobody_named_come_after_silence_as_ever() throws IOException {
    store(Sample.of(7, 1));
    step(End.COMPLETED, 1);
    gateway.advance(Duration.ZERO);
    assertThat(completed).hasSize(1);

    store(Sample.of(7, 2));
    gateway.advance(TestGateway.QUIET.minus(SECOND));
    assertThat(completed).hasSize(1);
    gateway.advance(SECOND);

    assertThat(completed).hasSize(2);
    assertProgress(Completeness.COMPLETE, "quiet for 60 s");
  }

  @Test
  void a_discontinued_step_makes_the_study_partial() throws IOException {
    store(Sample.of(7, 1));

    step(End.DISCONTINUED, 1);
    gateway.advance(Duration.ZERO);

    assertProgress(
        Completeness.PARTIAL,
        "the procedure step was discontinued, says the discontinued procedure step of CT1");
  }

  @Test
  void the_same_announcement_again_replaces_the_first_and_closes_nothing_twice()
      throws IOException {
    store(Sample.of(7, 1));
    step(End.COMPLETED, 1);
    gateway.advance(Duration.ZERO);

    step(End.COMPLETED, 1);
    gateway.advance(LONGEST);

    assertThat(completed).hasSize(1);
    assertThat(gateway.count("study_announcement")).isEqualTo(1);
    assertThat(gateway.count("scheduled_tasks")).isZero();
  }

  private void step(End end, int... numbers) {
    gateway.announcements.on(
        new PerformedStepEnded("2.25.7", "2.25.90", named(numbers), end, "CT1"));
  }

  private void notified(int... numbers) {
    gateway.announcements.on(
        new AvailabilityNotified("2.25.7", named(numbers), Availability.ONLINE, "CT1"));
  }

  private static Map<String, Set<String>> named(int... numbers) {
    Set<String> uids = new HashSet<>();
    for (int number : numbers) {
      uids.add("2.25.7.1." + number);
    }
    return Map.of("2.25.7.1", uids);
  }

  private static Sample knee(int series, int number, String description) {
    return inSeries(series, number)
        .with(Tag.BodyPartExamined, "KNEE")
        .with(Tag.SeriesDescription, description);
  }

  private static Sample inSeries(int series, int number) {
    return Sample.of(7, number)
        .with(Tag.SeriesInstanceUID, "2.25.7." + series)
        .with(Tag.SeriesNumber, Integer.toString(series));
  }

  private void store(Sample sample) throws IOException {
    gateway.store.receive(sample.arrival(), sample.stream());
  }

  private void assertProgress(Completeness completeness, String reason) {
    Study.Progress progress = gateway.ledger.find("2.25.7").orElseThrow().progress();
    assertThat(progress.completeness()).isEqualTo(completeness);
    assertThat(progress.completenessReason()).isEqualTo(reason);
  }
}
