package io.overread.gateway.association;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.overread.audit.AuditEntry;
import io.overread.audit.AuditLog;
import io.overread.db.TestDatabase;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.net.Association;
import io.overread.dicom.net.AssociationRefusedException;
import io.overread.dicom.net.AssociationRejection;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.StoreResponse;
import io.overread.gateway.Sample;
import io.overread.gateway.SpringGateway;
import io.overread.gateway.instance.Settling;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.study.CompleteStudy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole gateway, from a peer's association to the completed study. */
class StorageScpIT {

  @TempDir Path home;
  private TestDatabase database;
  private SpringGateway gateway;
  private final List<CompleteStudy> completed = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    database = TestDatabase.create();
    gateway =
        new SpringGateway(
            database.serviceDataSource(),
            completed::add,
            Map.of(
                "overread.home", home.toString(),
                "overread.dicom-port", "0",
                "overread.study-quiet-seconds", "1",
                "overread.storage.free-space-floor", "0B",
                "overread.storage.max-associations", "3",
                "overread.associations.queue", "0"));
  }

  @AfterEach
  void stop() {
    gateway.close();
    database.close();
  }

  @Test
  void a_study_that_a_peer_sends_is_stored_audited_and_completed() throws IOException {
    try (Association association = associate("OVERREAD")) {
      assertThat(TestPeer.store(association, Sample.of(7, 1))).isEqualTo(DimseStatus.SUCCESS);
      assertThat(TestPeer.store(association, Sample.of(7, 2))).isEqualTo(DimseStatus.SUCCESS);
    }

    await().atMost(20, SECONDS).until(() -> !completed.isEmpty());
    await().atMost(20, SECONDS).until(() -> completed.getLast().instanceCount() == 2);
    assertThat(audited())
        .startsWith("ASSOCIATION_ACCEPTED", "INSTANCE_STORED")
        .endsWith("STUDY_COMPLETED");
    assertThat(entries()).extracting(AuditEntry::actor).contains("ae:TESTSCU", "service");
    assertThat(gateway.bean(StoredInstances.class).ofStudy("2.25.7")).hasSize(2);
  }

  @Test
  void malformed_objects_get_their_status_and_the_association_lives_on() throws IOException {
    Sample good = Sample.of(7, 1);
    byte[] noise =
        "no data set at all, but long enough".repeat(50).getBytes(StandardCharsets.UTF_8);
    try (Association association = associate("OVERREAD")) {
      StoreResponse unreadable =
          association.store(
              Sample.SOP_CLASS,
              "2.25.9",
              good.transferSyntax().uid(),
              new ByteArrayInputStream(noise));
      assertThat(unreadable.status()).isEqualTo(DimseStatus.CANNOT_UNDERSTAND);
      assertThat(TestPeer.store(association, good.with(Tag.StudyInstanceUID, "../../etc/passwd")))
          .isEqualTo(DimseStatus.CANNOT_UNDERSTAND);
      assertThat(
              TestPeer.store(association, good.with(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.2")))
          .isEqualTo(DimseStatus.DATA_SET_DOES_NOT_MATCH_SOP_CLASS);
      assertThat(TestPeer.store(association, good)).isEqualTo(DimseStatus.SUCCESS);
      assertThat(TestPeer.store(association, good)).isEqualTo(DimseStatus.SUCCESS);
      assertThat(TestPeer.store(association, good.with(Tag.StudyDescription, "Another")))
          .isEqualTo(DimseStatus.DUPLICATE_SOP_INSTANCE);
      assertThat(TestPeer.store(association, Sample.of(7, 2))).isEqualTo(DimseStatus.SUCCESS);
    }

    assertThat(count("quarantine")).isEqualTo(4);
    assertThat(count("instance")).isEqualTo(2);
    assertThat(audited())
        .filteredOn(action -> !action.equals("STUDY_COMPLETED"))
        .containsExactly(
            "ASSOCIATION_ACCEPTED",
            "INSTANCE_QUARANTINED",
            "INSTANCE_QUARANTINED",
            "INSTANCE_QUARANTINED",
            "INSTANCE_STORED",
            "INSTANCE_DUPLICATE",
            "INSTANCE_REFUSED",
            "INSTANCE_STORED");
  }

  @Test
  void what_is_acknowledged_when_the_database_fails_is_entered_when_it_is_back()
      throws IOException {
    try (Association association = associate("OVERREAD")) {
      assertThat(TestPeer.store(association, Sample.of(7, 1))).isEqualTo(DimseStatus.SUCCESS);
      await().atMost(20, SECONDS).until(() -> count("instance") == 1);
      owner("revoke insert on audit_entry from overread_service");
      assertThat(TestPeer.store(association, Sample.of(7, 2))).isEqualTo(DimseStatus.SUCCESS);
      await().atMost(20, SECONDS).until(() -> gateway.bean(Settling.class).backlog().failing());
      assertThat(TestPeer.store(association, Sample.of(7, 3)))
          .isEqualTo(DimseStatus.OUT_OF_RESOURCES);
      assertThat(count("instance")).isEqualTo(1);
      owner("grant insert on audit_entry to overread_service");
      await().atMost(20, SECONDS).until(() -> count("instance") == 2);
      await().atMost(20, SECONDS).until(() -> !gateway.bean(Settling.class).backlog().failing());
      assertThat(TestPeer.store(association, Sample.of(7, 3))).isEqualTo(DimseStatus.SUCCESS);
    }

    assertThat(count("instance")).isEqualTo(3);
    assertThat(audited()).filteredOn("INSTANCE_STORED"::equals).hasSize(3);
  }

  @Test
  void two_associations_that_take_turns_with_one_study_make_one_study() throws IOException {
    try (Association one = associate("OVERREAD");
        Association two = associate("OVERREAD")) {
      for (int number = 1; number <= 10; number++) {
        assertThat(TestPeer.store(number % 2 == 0 ? one : two, Sample.of(7, number)))
            .isEqualTo(DimseStatus.SUCCESS);
      }
    }

    await()
        .atMost(20, SECONDS)
        .until(() -> completed.stream().anyMatch(study -> study.instanceCount() == 10));
    assertThat(count("study")).isEqualTo(1);
  }

  @Test
  void a_peer_that_calls_another_ae_title_is_refused_and_audited() {
    assertThatThrownBy(() -> associate("SOMEONE"))
        .isInstanceOfSatisfying(
            AssociationRefusedException.class,
            refused ->
                assertThat(refused.rejection())
                    .isEqualTo(AssociationRejection.CALLED_AE_TITLE_NOT_RECOGNIZED));

    await().atMost(5, SECONDS).until(() -> !entries().isEmpty());
    assertThat(audited()).containsExactly("ASSOCIATION_REFUSED");
    assertThat(entries().getFirst().outcome()).isEqualTo("REFUSED");
    assertThat(entries().getFirst().detail().toString())
        .contains("CALLED_AE_TITLE_NOT_RECOGNIZED", "SOMEONE");
  }

  @Test
  void more_associations_than_the_setting_allows_are_refused_for_the_moment() throws IOException {
    try (Association one = associate("OVERREAD");
        Association two = associate("OVERREAD");
        Association three = associate("OVERREAD")) {
      assertThatThrownBy(() -> associate("OVERREAD"))
          .isInstanceOfSatisfying(
              AssociationRefusedException.class,
              refused -> assertThat(refused.isTransient()).isTrue());
    }
  }

  private Association associate(String calledAeTitle) throws IOException {
    return TestPeer.associate(gateway.port(), calledAeTitle);
  }

  private List<AuditEntry> entries() {
    return new AuditLog(database.serviceDataSource()).page(0, 1000);
  }

  private List<String> audited() {
    return entries().stream().map(AuditEntry::action).toList();
  }

  private void owner(String sql) {
    JdbcClient.create(database.ownerDataSource()).sql(sql).update();
  }

  private int count(String table) {
    return JdbcClient.create(database.ownerDataSource())
        .sql("select count(*) from " + table)
        .query(Integer.class)
        .single();
  }
}
