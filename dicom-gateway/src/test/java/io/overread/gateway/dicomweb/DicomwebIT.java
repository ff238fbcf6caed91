package io.overread.gateway.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.gateway.DataSetBytes;
import io.overread.gateway.Sample;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Search and retrieve over HTTP, on a real store. */
class DicomwebIT extends HttpGateway {

  private static final String DICOM = "multipart/related; type=\"application/dicom\"";

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

    store("/studies", Sample.of(306, 1));
    gateway
        .rows()
        .sql(
            "update instance set images_deleted_at = '2026-11-25T23:30Z'"
                + " where sop_instance_uid = '2.25.306.1.1'")
        .update();
    HttpResponse<byte[]> deleted = server.get("/studies/2.25.306", "*/*");
    assertThat(deleted.statusCode()).isEqualTo(410);
    assertThat(text(deleted)).contains("deleted by retention on 2026-11-25");

    store("/studies", Sample.of(306, 2));
    HttpResponse<byte[]> partly = server.get("/studies/2.25.306", "*/*");
    assertThat(partly.statusCode()).isEqualTo(206);
    assertThat(server.get("/studies/2.25.306/metadata", "application/json").statusCode())
        .isEqualTo(206);
    assertThat(availability("/studies?StudyInstanceUID=2.25.306")).containsExactly("UNAVAILABLE");
    assertThat(availability("/studies/2.25.306/series")).containsExactly("UNAVAILABLE");
    assertThat(availability("/studies/2.25.306/instances?includefield=all"))
        .containsExactly("UNAVAILABLE", "ONLINE");
  }

  private static List<String> availability(String path) throws Exception {
    List<String> availability = new ArrayList<>();
    for (JsonNode result : json(path)) {
      availability.add(result.at("/00080056/Value/0").asString());
    }
    return availability;
  }

  private static BufferedImage picture(String path, String type) throws Exception {
    HttpResponse<byte[]> answer = server.get(path, type);
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains(type);
    return ImageIO.read(new ByteArrayInputStream(answer.body()));
  }
}
