package io.overread.gateway.association;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.overread.db.TestDatabase;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.net.Association;
import io.overread.dicom.net.DimseStatus;
import io.overread.gateway.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A write that the system refuses in the middle of an object. The limit on the size of files stands
 * in for the full disk, since it fails the same call.
 */
class FullDiskIT {

  @TempDir Path home;

  @Test
  void what_the_disk_does_not_take_is_out_of_resources_and_leaves_nothing() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      JdbcClient rows = JdbcClient.create(database.ownerDataSource());
      GatewayProcess.createTable(rows);
      Process gateway =
          GatewayProcess.start(
              database, home, List.of("/bin/sh", "-c", "ulimit -f 1024 && exec \"$@\"", "sh"));
      try (Association association =
          TestPeer.associate(GatewayProcess.portOf(gateway), "OVERREAD")) {
        assertThat(TestPeer.store(association, Sample.of(7, 1))).isEqualTo(DimseStatus.SUCCESS);
        assertThat(TestPeer.store(association, large())).isEqualTo(DimseStatus.OUT_OF_RESOURCES);
        assertThat(TestPeer.store(association, Sample.of(7, 2))).isEqualTo(DimseStatus.SUCCESS);
        await().atMost(20, SECONDS).untilAsserted(() -> assertNoFileButTheStored(rows));
      } finally {
        gateway.destroyForcibly().waitFor();
      }

      assertThat(
              rows.sql("select detail from audit_entry where action = 'INSTANCE_REFUSED'")
                  .query(String.class)
                  .list())
          .singleElement()
          .asString()
          .contains("the disk is full or fails");
    }
  }

  private void assertNoFileButTheStored(JdbcClient rows) throws IOException {
    List<String> stored = rows.sql("select stored_path from instance").query(String.class).list();
    assertThat(stored).hasSize(2);
    assertThat(files()).containsExactlyInAnyOrderElementsOf(stored);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> home.relativize(file).toString())
          .filter(file -> !file.equals("store/lock"))
          .toList();
    }
  }

  private static Sample large() {
    Sample sample = Sample.of(7, 3);
    return new Sample(
        sample.dataSet().copy().putBytes(Tag.PixelData, Vr.OB, new byte[4 << 20]),
        sample.transferSyntax());
  }
}
