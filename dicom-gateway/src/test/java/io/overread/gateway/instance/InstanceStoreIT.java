package io.overread.gateway.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.overread.audit.AuditEntry;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.DataSetBytes;
import io.overread.gateway.Sample;
import io.overread.gateway.TestGateway;
import io.overread.gateway.study.Study;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceStoreIT {

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
  void a_stored_instance_has_its_bytes_its_rows_its_audit_entry_and_a_closing_that_is_due()
      throws IOException {
    Sample sample = Sample.of(7, 1);

    StoreOutcome outcome = store(sample);

    assertThat(outcome).isInstanceOf(StoreOutcome.Stored.class);
    StoredInstance stored = gateway.instances.find(sample.sopInstanceUid()).orElseThrow();
    byte[] file = Files.readAllBytes(stored.path());
    assertThat(DataSetBytes.of(stored.path())).isEqualTo(sample.bytes());
    assertThat(stored.file().dataSetDigest()).isEqualTo(Sample.sha256(sample.bytes()));
    assertThat(stored.file().fileDigest()).isEqualTo(Sample.sha256(file));
    assertThat(stored.file().sizeBytes()).isEqualTo(file.length);
    assertThat(stored.path().toString())
        .endsWith(
            "/store/" + Sample.sha256(file).substring(0, 2) + "/" + Sample.sha256(file) + ".dcm");
    assertThat(stored.numberOfFrames()).isEqualTo(1);
    assertThat(stored.image().rows()).isEqualTo(4);
    assertThat(gateway.audited()).containsExactly("INSTANCE_STORED");
    AuditEntry entry = gateway.entries().getFirst();
    assertThat(entry.actor()).isEqualTo("ae:MODALITY1");
    assertThat(entry.subject()).isEqualTo(sample.sopInstanceUid());
    assertThat(entry.detail().toString())
        .contains(stored.file().dataSetDigest())
        .doesNotContain("Doe");
    assertThat(gateway.scheduler.getScheduledExecutions())
        .singleElement()
        .satisfies(
            task -> {
              assertThat(task.getTaskInstance().getId()).isEqualTo(sample.studyInstanceUid());
              assertThat(task.getExecutionTime())
                  .isEqualTo(gateway.clock.instant().plus(TestGateway.QUIET));
            });
    assertThat(gateway.files()).hasSize(1);
  }

  @Test
  void the_same_instance_again_changes_nothing_and_is_a_success() throws IOException {
    store(Sample.of(7, 1));
    gateway.advance(TestGateway.QUIET);

    assertThat(store(Sample.of(7, 1))).isInstanceOf(StoreOutcome.AlreadyStored.class);

    assertThat(gateway.audited())
        .containsExactly("INSTANCE_STORED", "STUDY_COMPLETED", "INSTANCE_DUPLICATE");
    assertThat(gateway.count("instance")).isEqualTo(1);
    assertThat(gateway.files()).hasSize(1);
    assertThat(study("2.25.7").progress().revision()).isEqualTo(1);
    assertThat(gateway.scheduler.getScheduledExecutions()).isEmpty();
  }

  @Test
  void a_file_that_someone_lost_is_back_after_the_same_instance_came_again() throws IOException {
    StoredInstance stored = ((StoreOutcome.Stored) store(Sample.of(7, 1))).instance();
    Files.delete(stored.path());

    assertThat(store(Sample.of(7, 1))).isInstanceOf(StoreOutcome.AlreadyStored.class);

    assertThat(DataSetBytes.of(stored.path())).isEqualTo(Sample.of(7, 1).bytes());
  }

  @Test
  void a_different_object_under_the_same_uid_is_refused_and_kept_in_quarantine()
      throws IOException {
    StoredInstance first = ((StoreOutcome.Stored) store(Sample.of(7, 1))).instance();
    Sample other = Sample.of(7, 1).with(Tag.StudyDescription, "Abdomen");

    assertThat(store(other)).isInstanceOf(StoreOutcome.DifferentObject.class);

    assertThat(DataSetBytes.of(first.path())).isEqualTo(Sample.of(7, 1).bytes());
    assertThat(quarantined()).containsExactly(Sample.sha256(other.bytes()));
    assertThat(reasons()).containsExactly("DIFFERENT_OBJECT");
    assertThat(gateway.audited()).containsExactly("INSTANCE_STORED", "INSTANCE_REFUSED");
  }

  @Test
  void the_same_values_in_another_transfer_syntax_are_a_different_object() throws IOException {
    store(Sample.of(7, 1));

    assertThat(store(Sample.of(7, 1).in(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN)))
        .isInstanceOf(StoreOutcome.DifferentObject.class);
  }

  @Test
  void a_data_set_of_another_class_or_instance_than_the_request_is_refused() throws IOException {
    Sample otherClass = Sample.of(7, 1).with(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.2");
    Sample otherInstance = Sample.of(7, 1).with(Tag.SOPInstanceUID, "2.25.7.1.2");

    assertThat(defect(gateway.store.receive(Sample.of(7, 1).arrival(), otherClass.stream())))
        .isEqualTo(Defect.OTHER_SOP_CLASS);
    assertThat(defect(gateway.store.receive(Sample.of(7, 1).arrival(), otherInstance.stream())))
        .isEqualTo(Defect.OTHER_SOP_INSTANCE);

    assertThat(reasons()).containsExactly("OTHER_SOP_CLASS", "OTHER_SOP_INSTANCE");
    assertThat(quarantined())
        .containsExactlyInAnyOrder(
            Sample.sha256(otherClass.bytes()), Sample.sha256(otherInstance.bytes()));
    assertThat(gateway.audited()).containsExactly("INSTANCE_QUARANTINED", "INSTANCE_QUARANTINED");
    assertThat(gateway.count("study")).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID})
  void without_a_uid_that_it_needs_an_object_goes_to_quarantine(int tag) throws IOException {
    Sample sample = Sample.of(7, 1);

    StoreOutcome outcome = gateway.store.receive(sample.arrival(), sample.without(tag).stream());

    assertThat(defect(outcome)).isEqualTo(Defect.INVALID_UID);
    assertThat(reasons()).containsExactly("INVALID_UID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../../etc/cron.d/x",
        "/etc/passwd",
        "1.2.3/../../x",
        "1.2'; drop table study; --",
        "..",
        "1.2.3.4.5.6.7.8.9.1.2.3.4.5.6.7.8.9.1.2.3.4.5.6.7.8.9.1.2.3.4.5.6.7.8"
      })
  void a_hostile_uid_never_becomes_a_path_or_a_row(String hostile) throws IOException {
    Sample sample = Sample.of(7, 1).with(Tag.StudyInstanceUID, hostile);

    assertThat(defect(store(sample))).isEqualTo(Defect.INVALID_UID);

    assertThat(gateway.count("study")).isZero();
    assertThat(gateway.files())
        .singleElement()
        .asString()
        .matches("quarantine/[0-9a-f]{2}/[0-9a-f]{64}\\.dcm");
  }

  @Test
  void bytes_that_are_no_data_set_go_to_quarantine_as_they_came() throws IOException {
    byte[] noise =
        "this is not a DICOM data set, whatever it says"
            .repeat(9)
            .getBytes(StandardCharsets.US_ASCII);

    StoreOutcome outcome =
        gateway.store.receive(Sample.of(7, 1).arrival(), new ByteArrayInputStream(noise));

    assertThat(defect(outcome)).isEqualTo(Defect.UNREADABLE);
    assertThat(quarantined()).containsExactly(Sample.sha256(noise));
  }

  @Test
  void a_data_set_that_ends_within_its_pixel_data_is_malformed() throws IOException {
    byte[] whole = Sample.of(7, 1).bytes();
    byte[] truncated = Arrays.copyOf(whole, whole.length - 3);

    StoreOutcome outcome =
        gateway.store.receive(Sample.of(7, 1).arrival(), new ByteArrayInputStream(truncated));

    assertThat(defect(outcome)).isEqualTo(Defect.UNREADABLE);
    assertThat(quarantined()).containsExactly(Sample.sha256(truncated));
  }

  @Test
  void the_same_malformed_object_twice_is_one_file_and_two_reasons() throws IOException {
    Sample sample = Sample.of(7, 1).without(Tag.StudyInstanceUID);

    gateway.store.receive(Sample.of(7, 1).arrival(), sample.stream());
    gateway.store.receive(Sample.of(7, 1).arrival(), sample.stream());

    assertThat(gateway.files()).hasSize(1);
    assertThat(reasons()).hasSize(2);
  }

  @Test
  void when_the_stream_breaks_off_nothing_is_left() {
    InputStream broken =
        new SequenceInputStream(
            Sample.of(7, 1).stream(),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the association is lost");
              }
            });

    assertThatIOException()
        .isThrownBy(() -> gateway.store.receive(Sample.of(7, 1).arrival(), broken));

    assertThat(gateway.files()).isEmpty();
    assertThat(gateway.entries()).isEmpty();
  }

  @Test
  void names_are_kept_in_their_own_script() throws IOException {
    String name = "Yamada^Tarou=\u5c71\u7530^\u592a\u90ce=\u3084\u307e\u3060^\u305f\u308d\u3046";

    store(Sample.of(7, 1).with(Tag.PatientName, name));

    assertThat(study("2.25.7").patient().patientName()).isEqualTo(name);
  }

  @Test
  void a_contradicting_patient_leaves_the_first_and_is_noted_without_names() throws IOException {
    store(Sample.of(7, 1));

    store(Sample.of(7, 2).with(Tag.PatientName, "Roe^Richard").with(Tag.PatientSex, "M"));

    Study study = study("2.25.7");
    assertThat(study.patient().patientName()).isEqualTo("Doe^Jane");
    assertThat(study.progress().patientConflict()).isTrue();
    String detail = gateway.entries().getLast().detail().toString();
    assertThat(detail).contains("PatientName,PatientSex").doesNotContain("Roe");
  }

  @Test
  void what_the_first_instance_left_out_a_later_one_fills_in() throws IOException {
    store(Sample.of(7, 1).without(Tag.AccessionNumber));

    store(Sample.of(7, 2));

    assertThat(study("2.25.7").attributes().accessionNumber()).isEqualTo("A7");
    assertThat(study("2.25.7").progress().patientConflict()).isFalse();
  }

  @Test
  void listeners_hear_of_a_study_after_its_instance_is_committed() throws IOException {
    List<String> heard = new ArrayList<>();
    gateway.changes.subscribe(
        uid -> heard.add(uid + " with " + study(uid).contents().instanceCount()));

    store(Sample.of(7, 1));
    store(Sample.of(7, 2));

    assertThat(heard).containsExactly("2.25.7 with 1", "2.25.7 with 2");
  }

  private StoreOutcome store(Sample sample) throws IOException {
    return gateway.store.receive(sample.arrival(), sample.stream());
  }

  private Study study(String uid) {
    return gateway.ledger.find(uid).orElseThrow();
  }

  private static Defect defect(StoreOutcome outcome) {
    return ((StoreOutcome.Malformed) outcome).defect();
  }

  private List<String> reasons() {
    return gateway
        .rows()
        .sql("select reason from quarantine order by received_at, reason")
        .query(String.class)
        .list();
  }

  /** The digests of the data sets in quarantine, as they are on disk. */
  private List<String> quarantined() {
    return gateway.rows().sql("select stored_path from quarantine").query(String.class).stream()
        .map(path -> Sample.sha256(DataSetBytes.of(home.resolve(path))))
        .toList();
  }

  @Test
  void a_stored_file_is_a_dicom_file_in_the_transfer_syntax_it_came_in() throws IOException {
    Sample sample = Sample.of(7, 1).in(TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN);

    StoredInstance stored = ((StoreOutcome.Stored) store(sample)).instance();

    DicomFile file = DicomFile.open(stored.path());
    assertThat(file.meta().transferSyntaxUid()).contains(sample.transferSyntax().uid());
    assertThat(file.meta().mediaStorageSopInstanceUid()).contains(sample.sopInstanceUid());
    assertThat(file.dataSet().string(Tag.PatientName)).contains("Doe^Jane");
    assertThat(DataSetBytes.of(stored.path())).isEqualTo(sample.bytes());
  }
}
