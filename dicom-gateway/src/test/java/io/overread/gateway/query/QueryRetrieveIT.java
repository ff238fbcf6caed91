package io.overread.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.db.TestDatabase;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.PeerTools;
import io.overread.gateway.PeerTools.Run;
import io.overread.gateway.Sample;
import io.overread.gateway.SpringGateway;
import io.overread.gateway.instance.InstanceStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** DCMTK's findscu, getscu and movescu ask for what is held. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryRetrieveIT {

  private static final Pattern STUDY_FOUND = Pattern.compile("\\(0020,000d\\) UI \\[([0-9.]+)");

  private Path elsewhere;
  private TestDatabase database;
  private SpringGateway gateway;
  private ListeningPeer archive;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    elsewhere = folder;
    database = TestDatabase.create();
    archive =
        ListeningPeer.storescp("ARCHIVE", Files.createDirectory(elsewhere.resolve("archive")));
    Map<String, Object> settings = new HashMap<>();
    settings.put("overread.home", folder.resolve("home").toString());
    settings.put("overread.dicom-port", "0");
    settings.put("overread.storage.free-space-floor", "0B");
    settings.put("overread.query.max-results", "4");
    settings.put("overread.peers.workstation.ae-title", "WORKSTATION");
    settings.put("overread.peers.archive.ae-title", "ARCHIVE");
    settings.put("overread.peers.archive.host", "127.0.0.1");
    settings.put("overread.peers.archive.port", Integer.toString(archive.port()));
    settings.put("overread.peers.gone.ae-title", "GONE");
    settings.put("overread.peers.gone.host", "127.0.0.1");
    settings.put("overread.peers.gone.port", "1");
    settings.put("overread.peers.elsewhere.ae-title", "ELSEWHERE");
    settings.put("overread.peers.elsewhere.host", "192.0.2.77");
    gateway = new SpringGateway(database.serviceDataSource(), study -> {}, settings);
    store(Sample.of(1, 1));
    store(Sample.of(1, 2));
    store(Sample.of(2, 1).with(Tag.PatientName, "Müller^Jörg").with(Tag.StudyDate, "20250315"));
    store(
        Sample.of(3, 1)
            .with(Tag.PatientName, "Yamada^Tarou=山田^太郎=やまだ^たろう")
            .with(Tag.StudyTime, "101530.25"));
    store(Sample.of(4, 1).with(Tag.Modality, "CT").with(Tag.PatientID, "P3"));
  }

  @AfterAll
  void stop() {
    gateway.close();
    archive.close();
    database.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PatientID=P1 | 2.25.1",
        "PatientID=P? | 2.25.1 2.25.2 2.25.3 2.25.4",
        "PatientID=p1 | ''",
        "PatientID=P% | ''",
        "PatientName=doe^JANE | 2.25.1 2.25.4",
        "PatientName=DOE* | 2.25.1 2.25.4",
        "PatientName=doe | ''",
        "PatientName=MÜLLER* | 2.25.2",
        "PatientName=山田* | 2.25.3",
        "PatientName=* | 2.25.1 2.25.2 2.25.3 2.25.4",
        "StudyDate=20250315 | 2.25.2",
        "StudyDate=20250101-20251231 | 2.25.2",
        "StudyDate=-20251231 | 2.25.2",
        "StudyDate=20260101- | 2.25.1 2.25.3 2.25.4",
        "StudyTime=1015 | 2.25.3",
        "StudyTime=1000-1100 | 2.25.3",
        "StudyTime=-0959 | 2.25.1 2.25.2 2.25.4",
        "ModalitiesInStudy=CT | 2.25.4",
        "StudyInstanceUID=2.25.1\\2.25.3\\2.25.99 | 2.25.1 2.25.3",
        "AccessionNumber=A2 | 2.25.2",
      })
  void studies_are_found_by_what_is_asked(String key, String expected) throws Exception {
    Run run = find("-S", "STUDY", "StudyInstanceUID", "SpecificCharacterSet=ISO_IR 192", key);

    assertThat(studies(run.output())).as(run.output()).containsExactlyElementsOf(words(expected));
    assertThat(run.output()).contains("Received Final Find Response (Success)");
  }

  @Test
  void a_study_is_told_with_its_counts_and_modalities() throws Exception {
    Run run =
        find(
            "-S",
            "STUDY",
            "StudyInstanceUID=2.25.1",
            "NumberOfStudyRelatedInstances",
            "NumberOfStudyRelatedSeries",
            "ModalitiesInStudy",
            "PatientName",
            "StudyDate");

    assertThat(run.output())
        .contains(
            "(0020,1208) IS [2",
            "(0020,1206) IS [1",
            "(0008,0061) CS [DX",
            "(0010,0010) PN [Doe^Jane",
            "(0008,0020) DA [20261101",
            "(0008,0054) AE [OVERREAD",
            "(0008,0056) CS [ONLINE",
            "(0008,0005) CS [ISO_IR 192");
  }

  @Test
  void patients_series_and_images_are_found_at_their_levels() throws Exception {
    assertThat(find("-P", "PATIENT", "PatientID=P3", "NumberOfPatientRelatedStudies").output())
        .contains("(0010,0020) LO [P3", "(0020,1200) IS [2");
    assertThat(
            find(
                    "-P",
                    "SERIES",
                    "PatientID=P1",
                    "StudyInstanceUID=2.25.1",
                    "SeriesInstanceUID",
                    "NumberOfSeriesRelatedInstances")
                .output())
        .contains("(0020,000e) UI [2.25.1.1", "(0020,1209) IS [2");
    String images =
        find(
                "-S",
                "IMAGE",
                "StudyInstanceUID=2.25.1",
                "SeriesInstanceUID=2.25.1.1",
                "InstanceNumber=2",
                "SOPInstanceUID",
                "Rows")
            .output();
    assertThat(images).contains("(0008,0018) UI [2.25.1.1.2", "(0028,0010) US 4");
    assertThat(images).doesNotContain("[2.25.1.1.1]");
  }

  @Test
  void identifiers_that_do_not_fit_the_model_are_refused_as_such() throws Exception {
    String refused = "DataSetDoesNotMatchSOPClass";
    assertThat(find("-S", "PATIENT", "PatientID").output()).contains(refused);
    assertThat(find("-S", "NOWHERE", "PatientID").output()).contains(refused);
    assertThat(find("-S", "SERIES", "SeriesInstanceUID").output()).contains(refused);
    assertThat(find("-P", "STUDY", "StudyInstanceUID").output()).contains(refused);
    assertThat(find("-S", "STUDY", "StudyDate=yesterday").output()).contains(refused);
  }

  @Test
  void more_matches_than_allowed_end_as_out_of_resources() throws Exception {
    store(Sample.of(5, 1).with(Tag.StudyID, "MANY"));
    try {
      Run run = find("-S", "STUDY", "StudyInstanceUID");

      assertThat(studies(run.output())).hasSize(4);
      assertThat(run.output()).contains("OutOfResources");
    } finally {
      JdbcClient jdbc = JdbcClient.create(database.ownerDataSource());
      jdbc.sql("delete from instance where study_instance_uid = '2.25.5'").update();
      jdbc.sql("delete from series where study_instance_uid = '2.25.5'").update();
      jdbc.sql("delete from study where study_instance_uid = '2.25.5'").update();
    }
  }

  @Test
  void who_is_no_peer_or_comes_from_elsewhere_learns_nothing() throws Exception {
    for (String stranger : List.of("STRANGER", "ELSEWHERE")) {
      Run run = find(stranger, List.of("-v", "-S", "-k", "QueryRetrieveLevel=STUDY"));

      assertThat(studies(run.output())).isEmpty();
      assertThat(run.output()).contains("0x124");
    }
    assertThat(
            rows(
                "select actor from audit_entry where action = 'QUERY_ANSWERED'"
                    + " and outcome = 'REFUSED' order by sequence"))
        .containsExactly("ae:STRANGER", "ae:ELSEWHERE");
  }

  @Test
  void getscu_gets_what_is_stored_byte_for_byte() throws Exception {
    Path into = Files.createDirectory(elsewhere.resolve("got"));
    Run run =
        PeerTools.dcmtk(
            "getscu",
            arguments(
                "WORKSTATION",
                "-v",
                "-S",
                "-od",
                into.toString(),
                "-k",
                "QueryRetrieveLevel=STUDY",
                "-k",
                "StudyInstanceUID=2.25.1"));

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(received(into)).as(run.output()).containsExactly("2.25.1.1.1", "2.25.1.1.2");
    assertThat(rows("select action from audit_entry where study_instance_uid = '2.25.1'"))
        .contains("RETRIEVE_BEGUN", "RETRIEVE_ENDED");
  }

  @Test
  void movescu_has_a_series_sent_to_a_peer() throws Exception {
    Run run = move("ARCHIVE", "SERIES", "StudyInstanceUID=2.25.1", "SeriesInstanceUID=2.25.1.1");

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output()).contains("Success");
    assertThat(received(archive.folder())).contains("2.25.1.1.1", "2.25.1.1.2");
  }

  @Test
  void moves_to_who_is_no_peer_or_gone_are_told_apart() throws Exception {
    assertThat(move("NOBODY", "STUDY", "StudyInstanceUID=2.25.1").output()).contains("0xa801");
    String gone = move("GONE", "STUDY", "StudyInstanceUID=2.25.1").output();
    assertThat(gone).contains("0xa702");
    assertThat(gone).contains("2.25.1.1.1\\2.25.1.1.2");
    assertThat(move("ARCHIVE", "STUDY", "PatientID=P1").output()).contains("0xa900");
  }

  @Test
  void what_retention_deleted_is_found_as_unavailable_and_not_sent() throws Exception {
    deleted("2.25.1.1.2", "now()");
    try {
      assertThat(find("-P", "PATIENT", "PatientID=P1").output()).contains("CS [UNAVAILABLE");
      assertThat(find("-S", "STUDY", "StudyInstanceUID=2.25.1").output())
          .contains("CS [UNAVAILABLE");
      assertThat(find("-S", "STUDY", "StudyInstanceUID=2.25.2").output()).contains("CS [ONLINE");
      assertThat(find("-S", "SERIES", "StudyInstanceUID=2.25.1", "SeriesInstanceUID").output())
          .contains("CS [UNAVAILABLE");
      assertThat(
              find(
                      "-S",
                      "IMAGE",
                      "StudyInstanceUID=2.25.1",
                      "SeriesInstanceUID=2.25.1.1",
                      "SOPInstanceUID")
                  .output())
          .contains("CS [UNAVAILABLE", "CS [ONLINE");

      assertThat(move("ARCHIVE", "STUDY", "StudyInstanceUID=2.25.1").output())
          .contains("0xb000", "(0008,0058) UI [2.25.1.1.2");
      deleted("2.25.1.1.1", "now()");
      assertThat(move("ARCHIVE", "STUDY", "StudyInstanceUID=2.25.1").output()).contains("0xa702");
    } finally {
      deleted("2.25.1.1.1", "null");
      deleted("2.25.1.1.2", "null");
    }
  }

  private void deleted(String sopInstanceUid, String when) {
    JdbcClient.create(database.ownerDataSource())
        .sql("update instance set images_deleted_at = " + when + " where sop_instance_uid = ?")
        .param(sopInstanceUid)
        .update();
  }

  private void store(Sample sample) throws IOException {
    gateway.bean(InstanceStore.class).receive(sample.arrival(), sample.stream());
  }

  private Run find(String model, String level, String... keys) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-v", model));
    arguments.addAll(List.of("-k", "QueryRetrieveLevel=" + level));
    Stream.of(keys).forEach(key -> arguments.addAll(List.of("-k", key)));
    return find("WORKSTATION", arguments);
  }

  private Run find(String aeTitle, List<String> arguments) throws Exception {
    return PeerTools.dcmtk("findscu", arguments(aeTitle, arguments.toArray(String[]::new)));
  }

  private Run move(String destination, String level, String... keys) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("-v", "-d", "-S", "-aem", destination, "-k", "QueryRetrieveLevel=" + level));
    Stream.of(keys).forEach(key -> arguments.addAll(List.of("-k", key)));
    return PeerTools.dcmtk("movescu", arguments("WORKSTATION", arguments.toArray(String[]::new)));
  }

  private List<String> arguments(String aeTitle, String... more) {
    List<String> arguments = new ArrayList<>(List.of("-aec", "OVERREAD", "-aet", aeTitle));
    arguments.addAll(List.of("127.0.0.1", Integer.toString(gateway.port())));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static List<String> studies(String output) {
    TreeSet<String> found = new TreeSet<>();
    String responses = output.substring(output.indexOf("Find Response") + 1);
    Matcher matcher = STUDY_FOUND.matcher(responses);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return List.copyOf(found);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static List<String> received(Path folder) throws IOException {
    List<String> uids = new ArrayList<>();
    for (Path file : files(folder)) {
      uids.add(DicomFile.open(file).dataSet().string(Tag.SOPInstanceUID).orElseThrow());
    }
    return uids.stream().sorted().toList();
  }

  private List<String> rows(String sql) {
    return JdbcClient.create(database.ownerDataSource()).sql(sql).query(String.class).list();
  }
}
