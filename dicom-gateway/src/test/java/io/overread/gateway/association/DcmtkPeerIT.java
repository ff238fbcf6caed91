package io.overread.gateway.association;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.db.TestDatabase;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.FileMeta;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.gateway.PeerTools;
import io.overread.gateway.PeerTools.Run;
import io.overread.gateway.Sample;
import io.overread.gateway.SpringGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** DCMTK's tools as peers. */
class DcmtkPeerIT {

  @TempDir Path home;
  @TempDir Path files;
  private TestDatabase database;
  private SpringGateway gateway;

  @BeforeEach
  void start() {
    database = TestDatabase.create();
    gateway =
        new SpringGateway(
            database.serviceDataSource(),
            study -> {},
            Map.of(
                "overread.home", home.toString(),
                "overread.dicom-port", "0",
                "overread.storage.free-space-floor", "0B"));
  }

  @AfterEach
  void stop() {
    gateway.close();
    database.close();
  }

  @Test
  void echoscu_is_answered() throws Exception {
    assertThat(PeerTools.dcmtk("echoscu", peer("OVERREAD", List.of())).status()).isZero();
  }

  @Test
  void echoscu_is_refused_under_another_ae_title() throws Exception {
    Run run = PeerTools.dcmtk("echoscu", peer("SOMEONE", List.of()));

    assertThat(run.status()).isNotZero();
    assertThat(run.output()).contains("Called AE Title Not Recognized");
  }

  @Test
  void storescu_sends_a_study_twice_and_it_is_stored_once() throws Exception {
    List<String> study = new ArrayList<>();
    for (int number = 1; number <= 5; number++) {
      study.add(write(Sample.of(7, number), number + ".dcm"));
    }

    for (int time = 0; time < 2; time++) {
      Run run = PeerTools.dcmtk("storescu", peer("OVERREAD", study));
      assertThat(run.status()).as(run.output()).isZero();
    }

    assertThat(rows("select sop_instance_uid from instance")).hasSize(5);
    assertThat(rows("select action from audit_entry where action = 'INSTANCE_DUPLICATE'"))
        .hasSize(5);
    for (String path : rows("select stored_path from instance")) {
      Run dump = PeerTools.dcmtk("dcmdump", List.of(home.resolve(path).toString()));
      assertThat(dump.status()).as(dump.output()).isZero();
      assertThat(dump.output()).contains("[Doe^Jane]", "OVERREAD");
    }
  }

  @Test
  void storescu_is_told_of_each_refusal_and_goes_on() throws Exception {
    String good = write(Sample.of(7, 1), "good.dcm");
    String other = write(Sample.of(7, 1).with(Tag.StudyDescription, "Other"), "other.dcm");
    String noStudy = write(Sample.of(8, 1).without(Tag.StudyInstanceUID), "no-study.dcm");
    String last = write(Sample.of(7, 2), "last.dcm");

    Run run =
        PeerTools.dcmtk(
            "storescu", peer("OVERREAD", List.of("-v", "-nh", good, other, noStudy, last)));

    assertThat(rows("select sop_instance_uid from instance order by 1"))
        .as(run.output())
        .containsExactly("2.25.7.1.1", "2.25.7.1.2");
    assertThat(rows("select reason from quarantine order by received_at"))
        .containsExactly("DIFFERENT_OBJECT", "INVALID_UID");
  }

  @Test
  void storescu_sends_the_shared_files_in_the_syntaxes_they_are_in() throws Exception {
    int sent = 0;
    for (Path file : PeerTools.sharedDicomFiles()) {
      String option = PROPOSED.get(transferSyntax(file));
      if (option == null) {
        continue;
      }
      Run run = PeerTools.dcmtk("storescu", peer("OVERREAD", List.of(option, file.toString())));
      sent += run.status() == 0 ? 1 : 0;
      assertThat(run.output()).doesNotContain("Peer aborted", "Out Of Resources", "Processing");
    }

    assertThat(rows("select sop_instance_uid from instance")).hasSizeGreaterThan(20);
    assertThat(sent).isGreaterThan(20);
    assertThat(rows("select distinct transfer_syntax_uid from instance")).hasSizeGreaterThan(5);
  }

  /** Which option makes storescu propose a transfer syntax. */
  private static final Map<String, String> PROPOSED =
      Map.of(
          Uid.ImplicitVRLittleEndian, "-xi",
          Uid.ExplicitVRLittleEndian, "-xe",
          Uid.ExplicitVRBigEndian, "-xb",
          Uid.DeflatedExplicitVRLittleEndian, "-xd",
          Uid.RLELossless, "-xr",
          Uid.JPEGBaseline8Bit, "-xy",
          Uid.JPEGLosslessSV1, "-xs",
          Uid.JPEGLSLossless, "-xt",
          Uid.JPEG2000Lossless, "-xv",
          Uid.JPEG2000, "-xw");

  private static String transferSyntax(Path file) {
    try {
      return DicomFile.openHeader(file).meta().transferSyntaxUid().orElse("");
    } catch (IOException | io.overread.dicom.data.DicomFormatException e) {
      return "";
    }
  }

  private String write(Sample sample, String name) throws IOException {
    Path file = files.resolve(name);
    DicomFile.write(
        file,
        FileMeta.of(Sample.SOP_CLASS, sample.sopInstanceUid(), sample.transferSyntax().uid()),
        sample.dataSet());
    return file.toString();
  }

  private List<String> peer(String aeTitle, List<String> more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-aec", aeTitle, "-aet", "DCMTK", "127.0.0.1"));
    arguments.add(Integer.toString(gateway.port()));
    arguments.addAll(more);
    return arguments;
  }

  private List<String> rows(String sql) {
    return JdbcClient.create(database.ownerDataSource()).sql(sql).query(String.class).list();
  }
}
