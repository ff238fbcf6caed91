package io.overread.gateway.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.gateway.DataSetBytes;
import io.overread.gateway.PeerTools;
import io.overread.gateway.Sample;
import io.overread.gateway.TestGateway;
import io.overread.gateway.instance.StoredInstance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real files of many makers, sent by STOW-RS in one request and asked for in every form. */
class DicomwebSharedFilesIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir static Path home;
  private static TestGateway gateway;
  private static DicomwebServer server;
  private static List<Path> files;

  /** By SOP Instance UID, the digests of the data sets that were sent; some files share one. */
  private static final Map<String, Set<String>> SENT = new TreeMap<>();

  @BeforeAll
  static void store() throws Exception {
    files = PeerTools.sharedDicomFiles();
    gateway = new TestGateway(home, study -> {});
    server = new DicomwebServer(gateway, 0, Map.of());
    Multipart body = new Multipart();
    for (Path file : files) {
      body.instance(Files.readAllBytes(file));
    }
    HttpResponse<byte[]> answer =
        server.post(
            "/studies",
            Multipart.contentType("application/dicom"),
            BodyPublishers.ofByteArray(body.bytes()));
    assertThat(answer.statusCode()).isEqualTo(202);
    JsonNode result = JSON.readTree(answer.body());
    int settled = 0;
    for (String sequence : List.of("00081198", "00081199", "0008119A")) {
      settled += result.path(sequence).path("Value").size();
    }
    assertThat(settled).as("each file is answered").isEqualTo(files.size());
    for (JsonNode item : result.path("00081199").path("Value")) {
      SENT.put(item.at("/00081155/Value/0").asString(), new HashSet<>());
    }
    for (Path file : files) {
      remember(file);
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      gateway.close();
    }
  }

  private static void remember(Path path) throws IOException {
    try {
      DicomFile file = DicomFile.openHeader(path);
      String uid = file.dataSet().string(Tag.SOPInstanceUID).orElse("");
      if (SENT.containsKey(uid)) {
        byte[] bytes = Files.readAllBytes(path);
        byte[] dataSet = Arrays.copyOfRange(bytes, (int) file.dataSetOffset(), bytes.length);
        SENT.get(uid).add(Sample.sha256(dataSet));
      }
    } catch (DicomFormatException noFile) {
      // It was not stored either.
    }
  }

  @Test
  void what_was_stored_comes_back_byte_for_byte() throws Exception {
    assertThat(SENT).hasSizeGreaterThan(40);
    for (String uid : SENT.keySet()) {
      HttpResponse<byte[]> answer = server.get(path(uid), "application/dicom");
      assertThat(answer.statusCode()).isEqualTo(200);
      Path received = home.resolve("received.dcm");
      Files.write(received, answer.body());
      assertThat(SENT.get(uid)).as(uid).contains(Sample.sha256(DataSetBytes.of(received)));
    }
  }

  @Test
  void metadata_of_every_file_can_be_read_again() throws Exception {
    for (String uid : SENT.keySet()) {
      HttpResponse<byte[]> answer = server.get(path(uid) + "/metadata", "application/dicom+json");
      assertThat(answer.statusCode()).isEqualTo(200);
      JsonNode metadata = JSON.readTree(answer.body()).get(0);
      assertThat(metadata.at("/00080018/Value/0").asString()).isEqualTo(uid);
      HttpResponse<byte[]> xml =
          server.get(path(uid) + "/metadata", "multipart/related; type=\"application/dicom+xml\"");
      var document =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(Multipart.pieces(xml).getFirst().body()));
      assertThat(document.getDocumentElement().getChildNodes().getLength())
          .as(uid)
          .isEqualTo(metadata.size());
    }
  }

  @Test
  void every_image_is_given_in_explicit_little_endian_or_is_not_acceptable() throws Exception {
    List<String> refused = new ArrayList<>();
    for (String uid : SENT.keySet()) {
      HttpResponse<byte[]> answer =
          server.get(path(uid), "application/dicom; transfer-syntax=" + Uid.ExplicitVRLittleEndian);
      if (answer.statusCode() == 406) {
        refused.add(uid);
        continue;
      }
      assertThat(answer.statusCode()).as(uid).isEqualTo(200);
      Path converted = home.resolve("converted.dcm");
      Files.write(converted, answer.body());
      DataSet dataSet = DicomFile.open(converted).dataSet();
      assertThat(dataSet.string(Tag.SOPInstanceUID)).contains(uid);
      if (dataSet.contains(Tag.PixelData)) {
        HttpResponse<byte[]> before = server.get(path(uid) + "/rendered", "image/png");
        assertThat(before.statusCode()).as(uid).isIn(200, 406);
      }
    }
    assertThat(refused).hasSizeLessThan(SENT.size() / 2);
  }

  @Test
  void first_frames_come_in_their_own_type() throws Exception {
    int compressed = 0;
    for (String uid : SENT.keySet()) {
      StoredInstance instance = gateway.instances.find(uid).orElseThrow();
      if (instance.numberOfFrames() > 0) {
        HttpResponse<byte[]> answer = server.get(path(uid) + "/frames/1", "*/*");
        assertThat(answer.statusCode()).as(uid).isIn(200, 404, 406);
        if (answer.statusCode() == 200) {
          Multipart.Piece frame = Multipart.pieces(answer).getFirst();
          boolean jpeg = frame.headers().getOrDefault("content-type", "").startsWith("image/jpeg;");
          if (jpeg) {
            compressed++;
            assertThat(frame.body()).startsWith(0xFF, 0xD8);
          }
        }
      }
    }
    assertThat(compressed).isGreaterThan(5);
  }

  private static String path(String uid) {
    StoredInstance instance = gateway.instances.find(uid).orElseThrow();
    return "/studies/%s/series/%s/instances/%s"
        .formatted(instance.studyInstanceUid(), instance.seriesInstanceUid(), uid);
  }
}
