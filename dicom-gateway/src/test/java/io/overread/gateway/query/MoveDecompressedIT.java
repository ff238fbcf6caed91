package io.overread.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.db.TestDatabase;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.dictionary.Uid;
import io.overread.gateway.PeerTools;
import io.overread.gateway.PeerTools.Run;
import io.overread.gateway.SpringGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** DCMTK's storescp is sent real compressed files, of which it takes uncompressed ones only. */
class MoveDecompressedIT {

  private static final int FILES = 6;

  private static final Map<String, String> PROPOSED =
      Map.of(
          Uid.RLELossless, "-xr",
          Uid.JPEGBaseline8Bit, "-xy",
          Uid.JPEGLosslessSV1, "-xs",
          Uid.JPEGLSLossless, "-xt");

  @Test
  void what_the_destination_does_not_take_as_it_is_stored_is_decompressed(@TempDir Path folder)
      throws Exception {
    List<Path> compressed =
        PeerTools.sharedDicomFiles().stream()
            .filter(file -> PROPOSED.containsKey(transferSyntax(file)))
            .limit(FILES)
            .toList();
    Set<String> stored;
    Path received = Files.createDirectory(folder.resolve("archive"));
    try (TestDatabase database = TestDatabase.create();
        ListeningPeer archive = ListeningPeer.storescp("ARCHIVE", received);
        SpringGateway gateway =
            new SpringGateway(
                database.serviceDataSource(), study -> {}, settings(folder, archive))) {
      for (Path file : compressed) {
        String option = PROPOSED.getOrDefault(transferSyntax(file), "");
        ask(gateway, "storescu", List.of(option, file.toString()));
      }
      stored = studies(database);
      for (String study : stored) {
        Run run =
            ask(
                gateway,
                "movescu",
                List.of(
                    "-S",
                    "-aem",
                    "ARCHIVE",
                    "-k",
                    "QueryRetrieveLevel=STUDY",
                    "-k",
                    "StudyInstanceUID=" + study));
        assertThat(run.status()).as(run.output()).isZero();
      }
    }

    List<Path> files = new ArrayList<>();
    try (Stream<Path> listed = Files.list(received)) {
      listed.forEach(files::add);
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(Math.max(1, stored.size()));
    for (Path file : files) {
      assertThat(DicomFile.open(file).transferSyntax().encapsulated()).isFalse();
      Run image =
          PeerTools.dcmtk(
              "dcmj2pnm", List.of("+ob", file.toString(), folder.resolve("image.bmp").toString()));
      assertThat(image.status()).as(image.output()).isZero();
    }
  }

  private static Run ask(SpringGateway gateway, String tool, List<String> more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-aec", "OVERREAD", "-aet", "ARCHIVE"));
    arguments.addAll(List.of("127.0.0.1", Integer.toString(gateway.port())));
    arguments.addAll(more);
    return PeerTools.dcmtk(tool, arguments);
  }

  private static Map<String, Object> settings(Path folder, ListeningPeer archive) {
    return Map.of(
        "overread.home", folder.resolve("home").toString(),
        "overread.dicom-port", "0",
        "overread.storage.free-space-floor", "0B",
        "overread.peers.archive.ae-title", "ARCHIVE",
        "overread.peers.archive.host", "127.0.0.1",
        "overread.peers.archive.port", Integer.toString(archive.port()));
  }

  private static Set<String> studies(TestDatabase database) {
    return new TreeSet<>(
        JdbcClient.create(database.ownerDataSource())
            .sql("select study_instance_uid from study")
            .query(String.class)
            .list());
  }

  private static String transferSyntax(Path file) {
    try {
      return DicomFile.openHeader(file).meta().transferSyntaxUid().orElse("");
    } catch (IOException | io.overread.dicom.data.DicomFormatException e) {
      return "";
    }
  }
}
