package io.overread.gateway.association;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overread.db.TestDatabase;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.net.Association;
import io.overread.dicom.net.AssociationRefusedException;
import io.overread.dicom.net.AssociationRejection;
import io.overread.dicom.net.DimseStatus;
import io.overread.gateway.DataSetBytes;
import io.overread.gateway.Sample;
import io.overread.gateway.SpringGateway;
import io.overread.gateway.instance.StoredInstances;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder on a file system of its own that really fills up. */
class SmallDiskIT {

  private static final int MEGABYTE = 1 << 20;
  private static final int DISK = 24 * MEGABYTE;

  @TempDir Path home;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    String refusal = run("mount", "-t", "tmpfs", "-o", "size=" + DISK, "tmpfs", home.toString());
    mounted = refusal.isEmpty();
    assumeTrue(mounted, "a file system can't be mounted here: " + refusal);
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", home.toString())).isEmpty();
    }
  }

  @Test
  void a_disk_that_is_full_turns_peers_away_and_loses_nothing_until_there_is_room()
      throws Exception {
    // No marks: the write itself fails, in the middle of an object.
    assertThat(fillAndRecover("0B", "0B")).isGreaterThan(5);
  }

  @Test
  void below_the_mark_associations_are_refused_and_above_it_they_are_welcome() throws Exception {
    assertThat(fillAndRecover("6MB", "8MB")).isPositive();
  }

  /** Returns how many instances the disk took. */
  private int fillAndRecover(String pauseBelow, String resumeAbove) throws Exception {
    Map<String, Sample> acknowledged = new LinkedHashMap<>();
    // What somebody else has on the disk, and takes away later: more than the upper mark, since a
    // fast peer fills all the rest between two looks at the disk.
    Path ballast = Files.write(home.resolve("ballast"), new byte[12 * MEGABYTE]);
    try (TestDatabase database = TestDatabase.create();
        SpringGateway gateway = gateway(database, pauseBelow, resumeAbove)) {
      try (Association association = TestPeer.associate(gateway.port(), "OVERREAD")) {
        DimseStatus last = DimseStatus.SUCCESS;
        for (int number = 1; last.equals(DimseStatus.SUCCESS); number++) {
          Sample sample = large(number);
          last = TestPeer.store(association, sample);
          if (last.equals(DimseStatus.SUCCESS)) {
            acknowledged.put(sample.sopInstanceUid(), sample);
          }
        }
        assertThat(last).isEqualTo(DimseStatus.OUT_OF_RESOURCES);
      }
      if (!pauseBelow.equals("0B")) {
        await().atMost(20, SECONDS).untilAsserted(() -> assertRefused(gateway));
      }
      assertWhole(gateway, acknowledged);

      Files.delete(ballast);
      Sample next = large(1000);
      await()
          .atMost(20, SECONDS)
          .ignoreException(AssociationRefusedException.class)
          .until(() -> store(gateway, next).equals(DimseStatus.SUCCESS));
      acknowledged.put(next.sopInstanceUid(), next);
      assertWhole(gateway, acknowledged);
    }
    return acknowledged.size() - 1;
  }

  private SpringGateway gateway(TestDatabase database, String pauseBelow, String resumeAbove) {
    return new SpringGateway(
        database.serviceDataSource(),
        study -> {},
        Map.of(
            "overread.home", home.toString(),
            "overread.dicom-port", "0",
            "overread.storage.free-space-floor", "0B",
            "overread.capacity.disk.pause-below", pauseBelow,
            "overread.capacity.disk.resume-above", resumeAbove,
            "overread.capacity.disk.pause-below-percent", "0",
            "overread.capacity.disk.resume-above-percent", "0"));
  }

  private static void assertRefused(SpringGateway gateway) {
    assertThatThrownBy(() -> TestPeer.associate(gateway.port(), "OVERREAD").close())
        .isInstanceOfSatisfying(
            AssociationRefusedException.class,
            refused ->
                assertThat(refused.rejection())
                    .isEqualTo(AssociationRejection.LOCAL_LIMIT_EXCEEDED));
  }

  private static DimseStatus store(SpringGateway gateway, Sample sample) throws IOException {
    try (Association association = TestPeer.associate(gateway.port(), "OVERREAD")) {
      return TestPeer.store(association, sample);
    }
  }

  /** Every acknowledged instance has its row and its bytes, and there is no other file. */
  private void assertWhole(SpringGateway gateway, Map<String, Sample> acknowledged)
      throws IOException {
    StoredInstances instances = gateway.bean(StoredInstances.class);
    await()
        .atMost(20, SECONDS)
        .until(() -> instances.ofStudy("2.25.7").size(), size -> size == acknowledged.size());
    await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> assertThat(files()).hasSize(acknowledged.size()));
    List<String> places = new ArrayList<>();
    for (Sample sample : acknowledged.values()) {
      Path path = instances.find(sample.sopInstanceUid()).orElseThrow().path();
      assertThat(DataSetBytes.of(path)).isEqualTo(sample.bytes());
      places.add(home.toRealPath().relativize(path).toString());
    }
    assertThat(files()).containsExactlyInAnyOrderElementsOf(places);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> home.relativize(file).toString())
          .filter(file -> !file.equals("store/lock") && !file.equals("ballast"))
          .toList();
    }
  }

  private static Sample large(int number) {
    Sample sample = Sample.of(7, number);
    byte[] pixels = new byte[MEGABYTE];
    Arrays.fill(pixels, (byte) number);
    return new Sample(
        sample.dataSet().copy().putBytes(Tag.PixelData, Vr.OB, pixels), sample.transferSyntax());
  }

  /** Runs a command; returns what it said if it failed, else nothing. */
  private static String run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? "" : said + " (status " + process.exitValue() + ")";
    } catch (IOException e) {
      return e.toString();
    }
  }
}
