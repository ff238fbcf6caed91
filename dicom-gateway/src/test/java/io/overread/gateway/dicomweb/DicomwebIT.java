package io.overread.gateway.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.audit.AuditEntry;
import io.overread.db.TestDatabase;
import io.overread.dicom.data.FileMeta;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.gateway.DataSetBytes;
import io.overread.gateway.Sample;
import io.overread.gateway.TestGateway;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Store, search and retrieve over HTTP, on a real store. */
class DicomwebIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String DICOM = "multipart/related; type=\"application/dicom\"";

  @TempDir static Path home;
  private static TestGateway gateway;
  private static DicomwebServer server;

  @BeforeAll
  static void start() {
    gateway = new TestGateway(home, study -> {});
    server =
        new DicomwebServer(
            gateway,
            0,
            Map.of("overread.dicomweb.most-results", "3", "overread.dicomweb.most-parts", "20"));
  }

  @AfterAll
  static void stop() {
    server.close();
    gateway.close();
  }

  // ---- store

  @Test
  void what_is_stored_is_answered_after_it_is_there_and_is_audited_for_the_user() throws Exception {
    HttpResponse<byte[]> answer = store("/studies", Sample.of(100, 1), Sample.of(100, 2));

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode body = JSON.readTree(answer.body());
    assertThat(body.at("/00081190/Value/0").asString()).isEqualTo(server.url("/studies/2.25.100"));
    assertThat(body.at("/00081199/Value").size()).isEqualTo(2);
    assertThat(body.at("/00081199/Value/0/00081155/Value/0").asString()).isEqualTo("2.25.100.1.1");
    assertThat(body.has("00081198")).isFalse();
    assertThat(DataSetBytes.of(gateway.instances.find("2.25.100.1.1").orElseThrow().path()))
        .isEqualTo(Sample.of(100, 1).bytes());
    assertThat(ofStudy("2.25.100", "INSTANCE_STORED"))
        .hasSize(2)
        .allMatch(entry -> entry.actor().equals("user:reader"));
  }

  @Test
  void the_same_instance_again_is_a_success_and_another_under_its_uid_is_not() throws Exception {
    Sample first = Sample.of(101, 1);
    store("/studies", first);

    assertThat(store("/studies", first).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> other =
        store("/studies", first.with(Tag.PatientName, "Roe^Richard"), Sample.of(101, 2));
    assertThat(other.statusCode()).isEqualTo(202);
    JsonNode body = JSON.readTree(other.body());
    assertThat(body.at("/00081198/Value/0/00081197/Value/0").asInt()).isEqualTo(0x0111);
    assertThat(body.at("/00081198/Value/0/00081155/Value/0").asString()).isEqualTo("2.25.101.1.1");
    assertThat(body.at("/00081199/Value/0/00081155/Value/0").asString()).isEqualTo("2.25.101.1.2");
  }

  @Test
  void an_instance_of_another_study_than_the_path_names_is_a_conflict() throws Exception {
    HttpResponse<byte[]> answer = store("/studies/2.25.999", Sample.of(102, 1));

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(JSON.readTree(answer.body()).at("/00081198/Value/0/00081197/Value/0").asInt())
        .isEqualTo(0xA900);
    assertThat(gateway.instances.find("2.25.102.1.1")).isEmpty();
  }

  @Test
  void what_is_no_dicom_file_is_named_among_the_other_failures() throws Exception {
    byte[] body = new Multipart().instance(new byte[1000]).bytes();
    HttpResponse<byte[]> answer = post("/studies", body);

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(JSON.readTree(answer.body()).at("/0008119A/Value/0/00081197/Value/0").asInt())
        .isEqualTo(0xC000);
  }

  @Test
  void a_body_that_breaks_off_keeps_nothing_of_its_last_instance() throws Exception {
    byte[] whole =
        new Multipart().instance(file(Sample.of(103, 1))).instance(file(Sample.of(103, 2))).bytes();
    byte[] half = Arrays.copyOf(whole, whole.length - 60);

    assertThat(post("/studies", half).statusCode()).isEqualTo(400);
    assertThat(gateway.instances.ofStudy("2.25.103")).hasSize(1);
  }

  @Test
  void wrong_bodies_have_their_own_statuses() throws Exception {
    byte[] one = new Multipart().instance(file(Sample.of(104, 1))).bytes();
    Multipart many = new Multipart();
    for (int part = 0; part < 21; part++) {
      many.instance(new byte[10]);
    }
    assertThat(post("/studies", many.bytes()).statusCode()).isEqualTo(413);
    assertThat(post("/studies", new Multipart().bytes()).statusCode()).isEqualTo(400);
    assertThat(post("/studies/not-a-uid", one).statusCode()).isEqualTo(400);
    for (String type :
        List.of(
            "application/json",
            Multipart.contentType("application/dicom+xml"),
            "multipart/form-data; boundary=" + Multipart.BOUNDARY)) {
      HttpResponse<byte[]> answer = server.post("/studies", type, BodyPublishers.ofByteArray(one));
      assertThat(answer.statusCode()).as(type).isEqualTo(415);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
    assertThat(
            server
                .post(
                    "/studies",
                    "multipart/related; type=\"application/dicom\"",
                    BodyPublishers.ofByteArray(one))
                .statusCode())
        .as("without a boundary")
        .isEqualTo(400);
  }

  @Test
  void metadata_in_json_with_bulk_data_beside_it_makes_an_instance() throws Exception {
    Sample sample = Sample.of(105, 1).with(Tag.PatientName, "Müller^Jürgen=山田^太郎");
    store("/studies", sample);
    String path = "/studies/2.25.105/series/2.25.105.1/instances/2.25.105.1.1/metadata";
    String metadata =
        new String(server.get(path, "application/dicom+json").body(), StandardCharsets.UTF_8)
            .replace("2.25.105", "2.25.106")
            .replaceAll(
                "\"7FE00010\":\\{[^}]*\\}",
                "\"7FE00010\":{\"vr\":\"OB\",\"BulkDataURI\":\"pixels\"}");
    byte[] pixels = new byte[16];
    pixels[3] = 77;
    byte[] body =
        new Multipart()
            .part("Content-Type: application/dicom+json", metadata.getBytes(StandardCharsets.UTF_8))
            .part("Content-Type: application/octet-stream\r\nContent-Location: pixels", pixels)
            .bytes();

    HttpResponse<byte[]> answer =
        server.post(
            "/studies",
            Multipart.contentType("application/dicom+json"),
            BodyPublishers.ofByteArray(body));

    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    var stored = gateway.instances.find("2.25.106.1.1").orElseThrow();
    byte[] dataSet = DataSetBytes.of(stored.path());
    assertThat(Arrays.copyOfRange(dataSet, dataSet.length - 16, dataSet.length)).isEqualTo(pixels);
    assertThat(gateway.ledger.find("2.25.106").orElseThrow().patient().patientName())
        .isEqualTo("Müller^Jürgen=山田^太郎");
    try (var left = Files.list(gateway.folder.incoming())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void without_room_nothing_is_stored_and_the_sender_is_to_come_again(@TempDir Path other)
      throws Exception {
    try (TestGateway full =
            new TestGateway(TestDatabase.create(), other, study -> {}, Long.MAX_VALUE);
        DicomwebServer server = new DicomwebServer(full, 0, Map.of())) {
      byte[] body = new Multipart().instance(file(Sample.of(107, 1))).bytes();
      HttpResponse<byte[]> answer =
          server.post(
              "/studies",
              Multipart.contentType("application/dicom"),
              BodyPublishers.ofByteArray(body));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(JSON.readTree(answer.body()).at("/00081198/Value/0/00081197/Value/0").asInt())
          .isEqualTo(0xA700);
      assertThat(full.count("instance")).isZero();
    }
  }

  // ---- search

  @Test
  void studies_series_and_instances_are_found_by_their_attributes() throws Exception {
    store(
        "/studies",
        Sample.of(200, 1).with(Tag.PatientName, "Grün^Änne").with(Tag.StudyDate, "20240229"),
        Sample.of(200, 2).with(Tag.PatientName, "Grün^Änne").with(Tag.StudyDate, "20240229"));
    for (String query :
        List.of(
            "PatientName=gr%C3%BCn*",
            "00100010=GR%C3%9CN%5E%C3%84NNE",
            "StudyInstanceUID=2.25.200,2.25.99999&PatientID=P200",
            "StudyDate=20240201-20240301&PatientID=P2%3F0",
            "StudyDate=20240229&StudyTime=08&AccessionNumber=A200",
            "ModalitiesInStudy=DX&StudyDate=-20240229")) {
      JsonNode found = json("/studies?" + query);
      assertThat(found.size()).as(query).isEqualTo(1);
      assertThat(found.at("/0/0020000D/Value/0").asString()).isEqualTo("2.25.200");
      assertThat(found.at("/0/00100010/Value/0/Alphabetic").asString()).isEqualTo("Grün^Änne");
      assertThat(found.at("/0/00201208/Value/0").asInt()).isEqualTo(2);
      assertThat(found.at("/0/00081190/Value/0").asString())
          .isEqualTo(server.url("/studies/2.25.200"));
    }
    for (String query :
        List.of("PatientName=Gr", "StudyDate=20240301-", "StudyTime=09", "PatientSex=_")) {
      assertThat(json("/studies?PatientID=P200&" + query).size()).as(query).isZero();
    }
    assertThat(json("/series?PatientID=P200&Modality=DX").at("/0/00080060/Value/0").asString())
        .isEqualTo("DX");
    assertThat(json("/studies/2.25.200/series").at("/0/00201209/Value/0").asInt()).isEqualTo(2);
    assertThat(
            json("/studies/2.25.200/instances?InstanceNumber=2")
                .at("/0/00080018/Value/0")
                .asString())
        .isEqualTo("2.25.200.1.2");
    assertThat(json("/studies/2.25.200/series/2.25.200.1/instances").size()).isEqualTo(2);
    assertThat(json("/instances?SOPInstanceUID=2.25.200.1.1").at("/0/00100020/Value/0").asString())
        .isEqualTo("P200");
  }

  @Test
  void other_attributes_of_instances_come_from_their_headers() throws Exception {
    store("/studies", Sample.of(201, 1));
    JsonNode some = json("/studies/2.25.201/instances?includefield=BitsAllocated,00280004");
    assertThat(some.at("/0/00280100/Value/0").asInt()).isEqualTo(8);
    assertThat(some.at("/0/00280004/Value/0").asString()).isEqualTo("MONOCHROME2");
    JsonNode all = json("/studies/2.25.201/instances?includefield=all");
    assertThat(all.at("/0/00280103/Value/0").asInt(-1)).isZero();
    assertThat(all.get(0).has("7FE00010")).isFalse();
  }

  @Test
  void pages_are_bounded_and_say_that_there_is_more() throws Exception {
    Sample[] five = new Sample[5];
    for (int number = 1; number <= 5; number++) {
      five[number - 1] = Sample.of(202, number);
    }
    store("/studies", five);
    String all = "/studies/2.25.202/instances";
    HttpResponse<byte[]> first = server.get(all + "?fuzzymatching=true", "application/json");
    assertThat(JSON.readTree(first.body()).size()).isEqualTo(3);
    assertThat(first.headers().allValues("Warning"))
        .anyMatch(warning -> warning.contains("additional results"))
        .anyMatch(warning -> warning.contains("fuzzymatching"));
    HttpResponse<byte[]> last = server.get(all + "?limit=100&offset=3", "application/dicom+json");
    assertThat(JSON.readTree(last.body()).at("/1/00080018/Value/0").asString())
        .isEqualTo("2.25.202.1.5");
    assertThat(last.headers().allValues("Warning")).isEmpty();
    assertThat(json(all + "?limit=0").size()).isZero();
  }

  @Test
  void a_search_without_results_is_an_empty_list_and_a_wrong_one_a_bad_request() throws Exception {
    assertThat(json("/studies?PatientID=nobody").size()).isZero();
    for (String query :
        List.of(
            "PatientNam=x",
            "Modality=CT",
            "PixelData=1",
            "StudyDate=yesterday",
            "StudyInstanceUID=*.1",
            "limit=-1",
            "PatientID=a&PatientID=b",
            "includefield=nothing")) {
      assertThat(server.get("/studies?" + query, "*/*").statusCode()).as(query).isEqualTo(400);
    }
    assertThat(server.get("/studies", "text/html").statusCode()).isEqualTo(406);
  }

  @Test
  void results_come_in_xml_too() throws Exception {
    store("/studies", Sample.of(203, 1));
    HttpResponse<byte[]> answer =
        server.get("/studies?PatientID=P203", "multipart/related; type=\"application/dicom+xml\"");
    List<Multipart.Piece> pieces = Multipart.pieces(answer);
    assertThat(pieces).hasSize(1);
    assertThat(new String(pieces.getFirst().body(), StandardCharsets.UTF_8))
        .contains("<NativeDicomModel xmlns=\"http://dicom.nema.org/PS3.19/models/NativeDICOM\">")
        .contains("keyword=\"PatientName\"")
        .contains("<FamilyName>Doe</FamilyName>");
  }

  // ---- retrieve

  @Test
  void instances_come_back_as_they_are_stored_in_parts_alone_and_in_an_archive() throws Exception {
    store("/studies", Sample.of(300, 1), Sample.of(300, 2));
    byte[] first = Files.readAllBytes(gateway.instances.find("2.25.300.1.1").orElseThrow().path());

    HttpResponse<byte[]> study = server.get("/studies/2.25.300", DICOM + "; transfer-syntax=*");
    List<Multipart.Piece> pieces = Multipart.pieces(study);
    assertThat(pieces).hasSize(2);
    assertThat(pieces.getFirst().body()).isEqualTo(first);
    assertThat(pieces.getFirst().headers().get("content-type"))
        .isEqualTo("application/dicom; transfer-syntax=1.2.840.10008.1.2.1");
    String instance = "/studies/2.25.300/series/2.25.300.1/instances/2.25.300.1.1";
    assertThat(server.get(instance, "application/dicom").body()).isEqualTo(first);
    assertThat(server.get(instance + "?accept=application/dicom", "text/html").body())
        .isEqualTo(first);
    List<String> names = new ArrayList<>();
    byte[] archive = server.get("/studies/2.25.300/series/2.25.300.1", "application/zip").body();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
        assertThat(zip.readAllBytes()).hasSameSizeAs(first);
      }
    }
    assertThat(names).containsExactly("2.25.300.1.1.dcm", "2.25.300.1.2.dcm");
    assertThat(ofStudy("2.25.300", "INSTANCES_RETRIEVED"))
        .hasSize(4)
        .allMatch(entry -> entry.actor().equals("user:reader"));
  }

  @Test
  void an_implicit_instance_is_converted_where_explicit_is_asked_for() throws Exception {
    // Where nothing says what the pixel data is, it is OW (PS3.5 A.1).
    Sample sample = Sample.of(301, 1);
    sample.dataSet().putBytes(Tag.PixelData, Vr.OW, new byte[16]);
    store("/studies", sample.in(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN));
    HttpResponse<byte[]> answer =
        server.get("/studies/2.25.301", DICOM + "; transfer-syntax=" + Uid.ExplicitVRLittleEndian);
    Path converted = home.resolve("converted.dcm");
    Files.write(converted, Multipart.pieces(answer).getFirst().body());
    assertThat(DataSetBytes.of(converted)).isEqualTo(sample.bytes());
    assertThat(
            server
                .get("/studies/2.25.301", DICOM + "; transfer-syntax=" + Uid.JPEG2000)
                .statusCode())
        .isEqualTo(406);
  }

  @Test
  void metadata_holds_everything_and_links_long_values() throws Exception {
    byte[] icc = new byte[5000];
    icc[4999] = 9;
    Sample sample = Sample.of(302, 1).with(Tag.PatientName, "Wang^XiaoDong=王^小東");
    sample.dataSet().putBytes(Tag.ICCProfile, Vr.OB, icc);
    store("/studies", sample);
    JsonNode metadata = json("/studies/2.25.302/metadata");
    assertThat(metadata.at("/0/00100010/Value/0/Ideographic").asString()).isEqualTo("王^小東");
    assertThat(metadata.at("/0/7FE00010/BulkDataURI").asString()).endsWith("/bulkdata/7FE00010");
    String link = metadata.at("/0/00282000/BulkDataURI").asString();
    assertThat(link).startsWith(server.url("/studies/2.25.302/series/"));
    String path = link.substring(server.url("").length());
    assertThat(server.get(path, "application/octet-stream").body()).isEqualTo(icc);
    assertThat(Multipart.pieces(server.get(path, "*/*")).getFirst().body()).isEqualTo(icc);
    assertThat(server.get(path + "/1/00100010", "*/*").statusCode()).isEqualTo(404);
    assertThat(server.get(path.replace("00282000", "..%2f"), "*/*").statusCode()).isIn(400, 404);
  }

  @Test
  void frames_and_pictures_of_them() throws Exception {
    store("/studies", Sample.of(303, 7));
    String instance = "/studies/2.25.303/series/2.25.303.1/instances/2.25.303.1.7";
    byte[] pixels = new byte[16];
    Arrays.fill(pixels, (byte) 7);
    HttpResponse<byte[]> frame =
        server.get(instance + "/frames/1", "multipart/related; type=\"application/octet-stream\"");
    assertThat(Multipart.pieces(frame).getFirst().body()).isEqualTo(pixels);
    assertThat(server.get(instance + "/frames/1", "application/octet-stream").body())
        .isEqualTo(pixels);
    assertThat(server.get(instance + "/frames/2", "*/*").statusCode()).isEqualTo(404);
    assertThat(server.get(instance + "/frames/0", "*/*").statusCode()).isEqualTo(400);
    assertThat(
            server
                .get(instance + "/frames/1", "multipart/related; type=\"image/jp2\"")
                .statusCode())
        .isEqualTo(406);

    BufferedImage png = picture(instance + "/rendered?window=7.5,1&viewport=8,16", "image/png");
    assertThat(png.getWidth()).isEqualTo(8);
    assertThat(png.getHeight()).isEqualTo(8);
    assertThat(picture(instance + "/frames/1/rendered?quality=50", "image/jpeg").getWidth())
        .isEqualTo(4);
    assertThat(picture("/studies/2.25.303/thumbnail", "image/jpeg").getWidth()).isEqualTo(128);
    HttpResponse<byte[]> several =
        server.get(
            "/studies/2.25.303/series/2.25.303.1/rendered", "multipart/related; type=image/png");
    assertThat(Multipart.pieces(several)).hasSize(1);
    for (String query :
        List.of("window=1", "window=1,0", "viewport=0,5", "viewport=9999,1", "quality=0")) {
      assertThat(server.get(instance + "/rendered?" + query, "*/*").statusCode())
          .as(query)
          .isEqualTo(400);
    }
    assertThat(server.get(instance + "/rendered", "image/gif").statusCode()).isEqualTo(406);
  }

  @Test
  void what_is_not_here_is_not_found_and_what_was_here_is_gone() throws Exception {
    store("/studies", Sample.of(304, 1));
    assertThat(server.get("/studies/2.25.305", "*/*").statusCode()).isEqualTo(404);
    assertThat(server.get("/studies/2.25.304/series/2.25.1", "*/*").statusCode()).isEqualTo(404);
    assertThat(
            server
                .get("/studies/2.25.300/series/2.25.304.1/instances/2.25.304.1.1", "*/*")
                .statusCode())
        .isEqualTo(404);
    assertThat(server.get("/studies/..%2F..", "*/*").statusCode()).isEqualTo(400);
    Files.delete(gateway.instances.find("2.25.304.1.1").orElseThrow().path());
    assertThat(server.get("/studies/2.25.304", "*/*").statusCode()).isEqualTo(410);
  }

  private static BufferedImage picture(String path, String type) throws Exception {
    HttpResponse<byte[]> answer = server.get(path, type);
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains(type);
    return ImageIO.read(new ByteArrayInputStream(answer.body()));
  }

  private static List<AuditEntry> ofStudy(String study, String action) {
    return gateway.entries().stream()
        .filter(entry -> study.equals(entry.studyInstanceUid()) && entry.action().equals(action))
        .toList();
  }

  private static JsonNode json(String path) throws Exception {
    HttpResponse<byte[]> answer = server.get(path, "application/dicom+json");
    assertThat(answer.statusCode()).as(path + ": " + text(answer)).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/dicom+json");
    return JSON.readTree(answer.body());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static HttpResponse<byte[]> store(String path, Sample... samples) throws Exception {
    Multipart body = new Multipart();
    for (Sample sample : samples) {
      body.instance(file(sample));
    }
    return post(path, body.bytes());
  }

  private static HttpResponse<byte[]> post(String path, byte[] body) throws Exception {
    return server.post(
        path, Multipart.contentType("application/dicom"), BodyPublishers.ofByteArray(body));
  }

  private static byte[] file(Sample sample) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FileMeta.of(Sample.SOP_CLASS, sample.sopInstanceUid(), sample.transferSyntax().uid())
        .write(out);
    out.writeBytes(sample.bytes());
    return out.toByteArray();
  }
}
