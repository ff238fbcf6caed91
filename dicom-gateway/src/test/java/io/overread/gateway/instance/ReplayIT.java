package io.overread.gateway.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.gateway.DataSetBytes;
import io.overread.gateway.Sample;
import io.overread.gateway.TestGateway;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start makes of that which the last end interrupted. */
class ReplayIT {

  private static final Sample SAMPLE = Sample.of(7, 1);
  private static final Instant AT = Instant.parse("2026-11-25T21:00:00Z");

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
  void what_was_acknowledged_without_its_row_is_entered_as_it_was_received() throws IOException {
    hold(SAMPLE, AT);

    startAgain();

    StoredInstance stored = gateway.instances.find(SAMPLE.sopInstanceUid()).orElseThrow();
    assertThat(DataSetBytes.of(stored.path())).isEqualTo(SAMPLE.bytes());
    assertThat(stored.file().dataSetDigest()).isEqualTo(Sample.sha256(SAMPLE.bytes()));
    assertThat(stored.file().fileDigest())
        .isEqualTo(Sample.sha256(Files.readAllBytes(stored.path())));
    assertThat(stored.reception().receivedAt()).isEqualTo(AT);
    assertThat(stored.reception().callingAeTitle()).isEqualTo("MODALITY1");
    assertThat(gateway.audited()).containsExactly("INSTANCE_STORED");
    assertThat(gateway.entries().getFirst().detail()).contains("192.0.2.1");
    assertThat(gateway.files()).hasSize(1);
    assertThat(gateway.scheduler.getScheduledExecutions()).hasSize(1);
  }

  @Test
  void a_second_start_changes_nothing_more() throws IOException {
    hold(SAMPLE, AT);
    startAgain();

    startAgain();

    assertThat(gateway.audited()).containsExactly("INSTANCE_STORED");
    assertThat(gateway.files()).hasSize(1);
  }

  @Test
  void a_file_whose_bytes_the_power_cut_took_was_never_acknowledged_and_goes() throws IOException {
    Path held = hold(SAMPLE, AT);
    try (FileChannel file = FileChannel.open(held, StandardOpenOption.WRITE)) {
      // The last block never reached the disk.
      file.write(ByteBuffer.allocate(8), file.size() - 8);
    }
    Path empty = hold(Sample.of(7, 2), AT);
    Files.write(empty, new byte[0]);

    startAgain();

    assertThat(gateway.files()).isEmpty();
    assertThat(gateway.count("instance")).isZero();
    assertThat(gateway.entries()).isEmpty();
  }

  @Test
  void a_place_that_the_power_cut_took_after_the_commit_is_there_again() throws IOException {
    gateway.store.receive(SAMPLE.arrival(), SAMPLE.stream());
    StoredInstance stored = gateway.instances.find(SAMPLE.sopInstanceUid()).orElseThrow();
    Checksum checksum = new Checksum();
    checksum.update(Files.readAllBytes(stored.path()), 0, (int) Files.size(stored.path()));
    HeldName name = HeldName.of(SAMPLE.arrival(), checksum.value(), AT);
    Files.move(stored.path(), gateway.folder.incoming().resolve(name.fileName()));

    startAgain();

    assertThat(DataSetBytes.of(stored.path())).isEqualTo(SAMPLE.bytes());
    assertThat(gateway.files()).hasSize(1);
    assertThat(gateway.audited()).containsExactly("INSTANCE_STORED");
  }

  @Test
  void of_two_objects_under_one_uid_the_later_is_entered_and_the_other_goes() throws IOException {
    Sample other = SAMPLE.with(io.overread.dicom.dictionary.Tag.StudyDescription, "Abdomen");
    hold(SAMPLE, AT);
    hold(other, AT.plusSeconds(1));

    startAgain();

    StoredInstance stored = gateway.instances.find(SAMPLE.sopInstanceUid()).orElseThrow();
    assertThat(DataSetBytes.of(stored.path())).isEqualTo(other.bytes());
    assertThat(gateway.files()).hasSize(1);
  }

  @Test
  void a_different_object_that_was_being_refused_goes() throws IOException {
    gateway.store.receive(SAMPLE.arrival(), SAMPLE.stream());
    hold(SAMPLE.with(io.overread.dicom.dictionary.Tag.StudyDescription, "Abdomen"), AT);

    startAgain();

    StoredInstance stored = gateway.instances.find(SAMPLE.sopInstanceUid()).orElseThrow();
    assertThat(DataSetBytes.of(stored.path())).isEqualTo(SAMPLE.bytes());
    assertThat(gateway.files()).hasSize(1);
  }

  /** As far as an arrival comes before it is acknowledged, and no further. */
  private Path hold(Sample sample, Instant at) throws IOException {
    try (StoreSpace space = new StoreSpace(gateway.folder, 0);
        IncomingFile file = space.receive(sample.arrival(), sample.stream())) {
      space.hold(file, sample.arrival(), at);
      file.keep();
      return file.path();
    }
  }

  private void startAgain() {
    gateway.settling.close();
    gateway.folder.close();
    gateway = new TestGateway(gateway.database, home, study -> {}, 0);
  }
}
