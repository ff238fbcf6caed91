package io.overread.gateway.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.Sample;
import io.overread.gateway.TestGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyLedgerIT {

  @TempDir Path home;
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = new TestGateway(home, study -> {});
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void the_study_that_changed_last_comes_first() throws IOException {
    store(Sample.of(1, 1));
    store(Sample.of(2, 1));
    store(Sample.of(1, 2));

    assertThat(uids(null)).containsExactly("2.25.1", "2.25.2");
  }

  @Test
  void pages_follow_each_other_without_gap_or_overlap_while_studies_arrive() throws IOException {
    for (int study = 1; study <= 7; study++) {
      store(Sample.of(study, 1));
    }

    List<String> seen = new ArrayList<>();
    String after = null;
    do {
      List<Study> page = gateway.ledger.page(StudyQuery.of(null, after, 3));
      page.forEach(study -> seen.add(study.studyInstanceUid()));
      after = page.isEmpty() ? null : page.getLast().studyInstanceUid();
      store(Sample.of(100 + seen.size(), 1));
    } while (after != null);

    assertThat(seen)
        .containsExactly("2.25.7", "2.25.6", "2.25.5", "2.25.4", "2.25.3", "2.25.2", "2.25.1");
  }

  @Test
  void a_search_finds_names_numbers_and_descriptions_in_any_case() throws IOException {
    store(Sample.of(1, 1).with(Tag.PatientName, "M\u00fcller^Anna"));
    store(Sample.of(2, 1).with(Tag.StudyDescription, "Thorax 100%"));
    store(Sample.of(3, 1));

    assertThat(uids("m\u00dcLLER anna")).containsExactly("2.25.1");
    assertThat(uids("thorax")).containsExactly("2.25.2");
    assertThat(uids("100%")).containsExactly("2.25.2");
    assertThat(uids("P3")).containsExactly("2.25.3");
    assertThat(uids("a3")).containsExactly("2.25.3");
    assertThat(uids("doe chest")).containsExactly("2.25.3");
    assertThat(uids("doe abdomen")).isEmpty();
    assertThat(uids("_")).isEmpty();
    assertThat(uids("'; drop table study; --")).isEmpty();
  }

  @Test
  void a_study_tells_its_series_modalities_and_instances() throws IOException {
    store(Sample.of(1, 2));
    store(Sample.of(1, 1));
    store(
        Sample.of(1, 3)
            .with(Tag.SeriesInstanceUID, "2.25.1.2")
            .with(Tag.SeriesNumber, "2")
            .with(Tag.Modality, "CR"));

    Study study = gateway.ledger.find("2.25.1").orElseThrow();
    assertThat(study.contents()).isEqualTo(new Study.Contents(List.of("CR", "DX"), 2, 3));
    assertThat(gateway.ledger.series("2.25.1"))
        .extracting(Series::seriesInstanceUid, Series::instanceCount)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("2.25.1.1", 2),
            org.assertj.core.api.Assertions.tuple("2.25.1.2", 1));
    assertThat(gateway.instances.ofStudy("2.25.1"))
        .extracting(instance -> instance.image().instanceNumber())
        .containsExactly(1, 2, 3);
    assertThat(gateway.ledger.find("2.25.999")).isEmpty();
    assertThat(gateway.instances.ofStudy("2.25.999")).isEmpty();
  }

  @Test
  void studies_without_a_study_id_stay_apart() throws IOException {
    store(Sample.of(1, 1));
    store(Sample.of(2, 1));

    assertThat(gateway.count("study where study_id is null")).isEqualTo(2);
    assertThat(gateway.ledger.find("2.25.1").orElseThrow().contents().instanceCount()).isEqualTo(1);
    assertThat(gateway.ledger.find("2.25.2").orElseThrow().contents().instanceCount()).isEqualTo(1);
  }

  private void store(Sample sample) throws IOException {
    gateway.clock.advance(Duration.ofSeconds(1));
    gateway.store.receive(sample.arrival(), sample.stream());
  }

  private List<String> uids(@Nullable String search) {
    return gateway.ledger.page(StudyQuery.of(search, null, 50)).stream()
        .map(Study::studyInstanceUid)
        .toList();
  }
}
