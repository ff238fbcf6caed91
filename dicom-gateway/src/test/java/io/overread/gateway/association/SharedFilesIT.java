package io.overread.gateway.association;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.db.TestDatabase;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.ReadLimits;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.FileResult;
import io.overread.dicom.net.RemoteApplicationEntity;
import io.overread.dicom.net.RequestorSettings;
import io.overread.dicom.net.StorageScu;
import io.overread.gateway.DataSetBytes;
import io.overread.gateway.PeerTools;
import io.overread.gateway.Sample;
import io.overread.gateway.SpringGateway;
import io.overread.gateway.instance.Arrival;
import io.overread.gateway.instance.InstanceStore;
import io.overread.gateway.instance.StoreOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Real and damaged files of many makers, over a real association. */
class SharedFilesIT {

  @TempDir Path home;
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
                "overread.capacity.acknowledge", "committed",
                "overread.storage.free-space-floor", "0B"));
  }

  @AfterEach
  void stop() {
    gateway.close();
    database.close();
  }

  @Test
  void what_arrives_is_kept_byte_for_byte_whatever_becomes_of_it() throws IOException {
    List<FileResult> results = send(PeerTools.sharedDicomFiles());

    Set<String> stored = dataSetsOf("select stored_path from instance");
    Set<String> quarantined = dataSetsOf("select stored_path from quarantine");
    int successes = 0;
    for (FileResult result : results) {
      if (result instanceof FileResult.Answered(var file, var sop, var response)) {
        String sent = sentDataSet(file);
        if (response.status().equals(DimseStatus.SUCCESS)) {
          successes++;
          assertThat(stored).as("%s, answered Success", file.getFileName()).contains(sent);
        } else {
          assertThat(response.status())
              .as("%s: %s", file.getFileName(), response.errorComment())
              .isIn(
                  DimseStatus.CANNOT_UNDERSTAND,
                  DimseStatus.DATA_SET_DOES_NOT_MATCH_SOP_CLASS,
                  DimseStatus.DUPLICATE_SOP_INSTANCE);
          assertThat(quarantined).as("%s, refused", file.getFileName()).contains(sent);
        }
      }
    }
    assertThat(successes).as("files that are in order").isGreaterThan(40);
  }

  @Test
  void all_of_it_a_second_time_changes_nothing() throws IOException {
    List<Path> files = PeerTools.sharedDicomFiles();
    List<FileResult> first = send(files);
    int instances = count("instance");

    List<FileResult> second = send(files);

    assertThat(count("instance")).isEqualTo(instances);
    assertThat(statuses(second)).isEqualTo(statuses(first));
  }

  @Test
  void names_in_other_scripts_are_decoded() throws IOException {
    for (Path file : PeerTools.sharedDicomFiles()) {
      if (file.getFileName().toString().startsWith("chr")) {
        // The meta information of one of them names another instance than its data set.
        receive(DicomFile.openHeader(file));
      }
    }

    List<String> names =
        JdbcClient.create(database.ownerDataSource())
            .sql("select patient_name from study order by patient_name")
            .query(String.class)
            .list();
    assertThat(names).hasSize(2).noneMatch(name -> name.indexOf('\ufffd') >= 0);
    assertThat(names)
        .anyMatch(name -> name.codePoints().anyMatch(SharedFilesIT::isHiragana))
        .anyMatch(name -> name.codePoints().anyMatch(SharedFilesIT::isHangul));
  }

  private void receive(DicomFile file) throws IOException {
    try (InputStream dataSet = Files.newInputStream(file.path())) {
      dataSet.skipNBytes(file.dataSetOffset());
      Arrival arrival =
          new Arrival(
              file.dataSet().string(Tag.SOPClassUID).orElseThrow(),
              file.dataSet().string(Tag.SOPInstanceUID).orElseThrow(),
              file.transferSyntax().uid(),
              "TESTSCU",
              "192.0.2.1");
      assertThat(gateway.bean(InstanceStore.class).receive(arrival, dataSet))
          .isInstanceOf(StoreOutcome.Stored.class);
    }
  }

  private static boolean isHiragana(int codePoint) {
    return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HIRAGANA;
  }

  private static boolean isHangul(int codePoint) {
    return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HANGUL;
  }

  private List<FileResult> send(List<Path> files) {
    return new StorageScu(
            new RemoteApplicationEntity(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()),
                "OVERREAD"),
            "TESTSCU",
            RequestorSettings.DEFAULT)
        .send(files);
  }

  private static List<String> statuses(List<FileResult> results) {
    return results.stream()
        .map(
            result ->
                result.file().getFileName()
                    + (result instanceof FileResult.Answered answered
                        ? " " + answered.response().status()
                        : " not sent"))
        .sorted()
        .toList();
  }

  private Set<String> dataSetsOf(String pathsSql) {
    Set<String> digests = new HashSet<>();
    for (String path :
        JdbcClient.create(database.ownerDataSource()).sql(pathsSql).query(String.class).list()) {
      digests.add(Sample.sha256(DataSetBytes.of(home.resolve(path))));
    }
    return digests;
  }

  private static String sentDataSet(Path file) throws IOException {
    long offset =
        DicomFile.openBefore(file, Tag.SOPInstanceUID + 1, ReadLimits.standard()).dataSetOffset();
    byte[] bytes = Files.readAllBytes(file);
    // An odd deflated data set goes with a byte of padding (PS3.5 A.5).
    int padding = (int) ((bytes.length - offset) % 2);
    return Sample.sha256(Arrays.copyOfRange(bytes, (int) offset, bytes.length + padding));
  }

  private int count(String table) {
    return JdbcClient.create(database.ownerDataSource())
        .sql("select count(*) from " + table)
        .query(Integer.class)
        .single();
  }
}
