package io.overread.gateway.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.overread.db.TestDatabase;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.FileMeta;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.PeerTools;
import io.overread.gateway.PeerTools.Run;
import io.overread.gateway.Sample;
import io.overread.gateway.SpringGateway;
import io.overread.gateway.instance.InstanceStore;
import io.overread.gateway.query.ListeningPeer;
import io.overread.gateway.study.CompleteStudy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** DCMTK's dcmqrscp is the archive that has the priors. */
class PriorsIT {

  private static final Duration LONG = Duration.ofSeconds(40);

  @TempDir Path folder;
  private final Queue<CompleteStudy> toBeRead = new ConcurrentLinkedQueue<>();
  private TestDatabase database;
  private ListeningPeer archive;
  private int gatewayPort;

  @BeforeEach
  void start() throws Exception {
    database = TestDatabase.create();
    gatewayPort = ListeningPeer.freePort();
    Files.createDirectory(folder.resolve("archive"));
    int port = ListeningPeer.freePort();
    Path configuration =
        Files.writeString(
            folder.resolve("dcmqrscp.cfg"),
            """
            NetworkTCPPort = %d
            MaxPDUSize = 16384
            MaxAssociations = 16
            HostTable BEGIN
            overread = (OVERREAD, 127.0.0.1, %d)
            HostTable END
            VendorTable BEGIN
            VendorTable END
            AETable BEGIN
            ARCHIVE %s RW (200, 1024mb) ANY
            AETable END
            """
                .formatted(port, gatewayPort, folder.resolve("archive")));
    archive =
        ListeningPeer.start(
            "dcmqrscp", folder, List.of("--config", configuration.toString()), port);
    archive(old(11, "20240101"), old(12, "20250101"), old(13, "20260101"));
    archive(old(14, "20200101")); // Too old.
    archive(old(15, "20260201").with(Tag.PatientID, "P8")); // Another patient.
    archive(old(16, "20260301").with(Tag.PatientBirthDate, "19010101")); // A namesake's number.
    archive(old(17, "20261231")); // Not earlier.
    archive(old(18, "20260901").with(Tag.Modality, "MG")); // Later, yet less alike.
  }

  @AfterEach
  void stop() {
    archive.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "move"})
  void the_priors_most_like_a_study_are_fetched_and_not_read_themselves(String retrieve)
      throws Exception {
    try (SpringGateway gateway =
        gateway(Map.of("overread.priors.archives.pacs.retrieve", retrieve))) {
      store(gateway, Sample.of(7, 1).with(Tag.PatientBirthDate, "19800101"));

      await()
          .atMost(LONG)
          .until(() -> rows("select state from prior_search").equals(List.of("DONE")));
      await()
          .atMost(LONG)
          .until(() -> rows("select state from study where state = 'COMPLETE'").size() == 3);

      assertThat(gateway.bean(Priors.class).of("2.25.7"))
          .extracting(PriorStudy::studyInstanceUid, PriorStudy::instanceCount)
          .containsExactly(tuple("2.25.13", 1), tuple("2.25.12", 1));
      assertThat(toBeRead).extracting(CompleteStudy::studyInstanceUid).containsExactly("2.25.7");
      assertThat(rows("select subject from audit_entry where action = 'PRIORS_FETCHED' order by 1"))
          .containsExactly("2.25.12", "2.25.13");
    }
  }

  @Test
  void a_prior_that_a_modality_adds_to_is_to_be_read_after_all() throws Exception {
    try (SpringGateway gateway = gateway(Map.of("overread.priors.when", "arrival"))) {
      store(gateway, Sample.of(7, 1));
      await()
          .atMost(LONG)
          .until(() -> rows("select state from prior_search").equals(List.of("DONE")));

      store(gateway, old(13, "20260101").with(Tag.SOPInstanceUID, "2.25.13.1.2"));

      await()
          .atMost(LONG)
          .until(
              () ->
                  toBeRead.stream().anyMatch(study -> study.studyInstanceUid().equals("2.25.13")));
    }
  }

  @Test
  void an_archive_that_is_away_is_audited_and_delays_nothing() throws Exception {
    archive.close();
    try (SpringGateway gateway = gateway(Map.of())) {
      store(gateway, Sample.of(7, 1));

      await().atMost(LONG).until(() -> toBeRead.size() == 1);
      await()
          .atMost(LONG)
          .until(
              () ->
                  rows("select outcome from audit_entry where action = 'PRIORS_FETCHED'")
                      .equals(List.of("FAILED")));
      assertThat(rows("select state from prior_search")).containsExactly("DUE");
    }
  }

  private SpringGateway gateway(Map<String, String> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("overread.home", folder.resolve("home").toString());
    settings.put("overread.dicom-port", Integer.toString(gatewayPort));
    settings.put("overread.storage.free-space-floor", "0B");
    settings.put("overread.study-quiet-seconds", "1");
    settings.put("overread.peers.pacs.ae-title", "ARCHIVE");
    settings.put("overread.peers.pacs.host", "127.0.0.1");
    settings.put("overread.peers.pacs.port", Integer.toString(archive.port()));
    settings.put("overread.priors.archives.pacs.peer", "pacs");
    settings.put("overread.priors.studies", "2");
    return new SpringGateway(database.serviceDataSource(), toBeRead::add, settings);
  }

  /** An earlier study of the patient of study 7. */
  private static Sample old(int study, String date) {
    return Sample.of(study, 1).with(Tag.StudyDate, date).with(Tag.PatientID, "P7");
  }

  private void archive(Sample... samples) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("-aec", "ARCHIVE", "127.0.0.1", "" + archive.port()));
    for (Sample sample : samples) {
      Path file = folder.resolve(sample.sopInstanceUid() + ".dcm");
      DicomFile.write(
          file,
          FileMeta.of(Sample.SOP_CLASS, sample.sopInstanceUid(), sample.transferSyntax().uid()),
          sample.dataSet());
      arguments.add(file.toString());
    }
    Run run = PeerTools.dcmtk("storescu", arguments);
    assertThat(run.status()).as(run.output()).isZero();
  }

  private static void store(SpringGateway gateway, Sample sample) throws Exception {
    gateway.bean(InstanceStore.class).receive(sample.arrival(), sample.stream());
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  private List<String> rows(String sql) {
    return JdbcClient.create(database.ownerDataSource()).sql(sql).query(String.class).list();
  }
}
