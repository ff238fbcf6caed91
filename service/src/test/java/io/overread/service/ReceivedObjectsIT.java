package io.overread.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What DCMTK's storescu sends, as FHIR and the console's API show it. */
class ReceivedObjectsIT {
  @TempDir private static Path folder;
  private static RunningService service;

  @BeforeAll
  static void start() throws Exception {
    TestPeer.at("/usr/bin/storescu");
    service = RunningService.start(Files.createDirectory(folder.resolve("home")), 3600);
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void a_name_arrives_in_fhir_and_in_the_console_as_it_was_written() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    List<Path> files = new ArrayList<>();
    for (int index = 0; index < NamedPatients.count(); index++) {
      expected.put(NamedPatients.study(index), NamedPatients.name(index));
      files.add(NamedPatients.write(folder, index));
    }
    send(files);

    Map<String, String> listed = new TreeMap<>();
    for (JsonNode row : service.json("/api/studies?limit=100")) {
      listed.put(row.path("studyInstanceUid").asString(), row.path("patientName").asString());
    }
    assertThat(listed).containsAllEntriesOf(expected);
    for (int index = 0; index < NamedPatients.count(); index++) {
      String identifier = NamedPatients.patientId(index);
      JsonNode bundle = service.json("/fhir/Patient?identifier=" + identifier + "&_format=json");
      JsonNode names = bundle.path("entry").get(0).path("resource").path("name");
      assertThat(inDicomsForm(names)).isEqualTo(NamedPatients.name(index).replaceAll("=+$", ""));
    }
  }

  @Test
  void the_viewer_gets_frames_by_their_functional_groups_overlays_and_presentation_states()
      throws Exception {
    send(ViewerSamples.write(folder));
    String study = "/api/studies/" + ViewerSamples.STUDY;
    String frames = study + "/instances/" + ViewerSamples.ENHANCED + "/frames/";

    HttpResponse<String> second = service.send(service.as(frames + "2/pixels").GET());
    assertThat(header(second, "X-Rows")).isEqualTo("8");
    assertThat(header(second, "X-Slope")).isEqualTo("2.0");
    assertThat(header(second, "X-Intercept")).isEqualTo("-1000.0");
    assertThat(header(second, "X-Window-Center")).isEqualTo("60.0");
    assertThat(header(second, "X-Window-Function")).isEqualTo("LINEAR_EXACT");
    assertThat(header(second, "X-Pixel-Spacing")).isEqualTo("0.5\\0.25");
    assertThat(header(second, "X-Pixel-Aspect-Ratio")).isEqualTo("2.0");
    assertThat(header(second, "X-Image-Position")).isEqualTo("1.0\\2.0\\-2.0");
    assertThat(header(second, "X-Image-Orientation")).isEqualTo("1.0\\0.0\\0.0\\0.0\\1.0\\0.0");
    assertThat(header(second, "X-Frame-Label")).isEqualTo("sp%C3%A4t");
    assertThat(header(second, "X-Overlays")).isEqualTo("true");
    HttpResponse<String> first = service.send(service.as(frames + "1/pixels").GET());
    assertThat(header(first, "X-Window-Center")).isEqualTo("50.0");

    BufferedImage overlays = picture(frames + "2/overlays");
    assertThat(overlays.getRGB(0, 0)).isEqualTo(0xffffd60a);
    assertThat(overlays.getRGB(1, 0) >>> 24).isZero();
    BufferedImage plain = picture(frames + "2/rendered");
    assertThat(plain.getWidth()).as("square pixels").isEqualTo(4);
    assertThat(plain.getHeight()).isEqualTo(8);
    assertThat(picture(frames + "2/rendered?overlays=true").getRGB(0, 0)).isNotEqualTo(plain.getRGB(0, 0));

    JsonNode states = service.json(study + "/presentation-states");
    assertThat(states.size()).isEqualTo(2);
    JsonNode grey = states.get(0);
    assertThat(grey.path("description").asString()).isEqualTo("Turned");
    assertThat(grey.path("creator").asString()).isEqualTo("Jane Doe");
    assertThat(grey.path("images").get(0).path("frames").get(0).asInt()).isEqualTo(2);
    assertThat(grey.path("notApplied").get(0).asString()).startsWith("size mode TRUE SIZE");
    assertThat(states.get(1).path("images").size()).isZero();
    assertThat(states.get(1).path("notApplied").get(0).asString())
        .isEqualTo("Color Softcopy Presentation State Storage is not applied");

    String presented = "?presentationState=" + ViewerSamples.STATE;
    HttpResponse<String> turned = service.send(service.as(frames + "2/pixels" + presented).GET());
    assertThat(header(turned, "X-Samples")).isEqualTo("3");
    assertThat(header(turned, "X-Rows")).as("turned by a quarter").isEqualTo("8");
    assertThat(picture(frames + "2/rendered" + presented).getWidth()).isEqualTo(8);
    assertThat(status(frames + "1/pixels" + presented)).as("not about frame 1").isEqualTo(415);
    assertThat(status(frames + "2/pixels?presentationState=2.25.99")).isEqualTo(404);
    assertThat(status(frames + "3/overlays")).isEqualTo(404);
  }

  private static void send(List<Path> files) throws Exception {
    List<String> command = new ArrayList<>(List.of("-aec", "OVERREAD", "127.0.0.1"));
    command.add(Integer.toString(service.dicomPort()));
    files.forEach(file -> command.add(file.toString()));
    var sent = TestPeer.at("/usr/bin/storescu").run(command);
    assertThat(sent.status()).as(sent.output()).isZero();
  }

  private static String header(HttpResponse<String> response, String name) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.headers().firstValue(name).orElse("absent");
  }

  private static int status(String path) throws Exception {
    return service.send(service.as(path).GET()).statusCode();
  }

  private static BufferedImage picture(String path) throws Exception {
    byte[] png = service.bytes(path);
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  /** FHIR's names put together again: groups in their order, family before given. */
  private static String inDicomsForm(JsonNode names) {
    List<String> groups = new ArrayList<>();
    for (JsonNode name : names) {
      List<String> parts = new ArrayList<>(List.of(name.path("family").asString()));
      name.path("given").forEach(given -> parts.add(given.asString()));
      groups.add(String.join("^", parts));
    }
    return String.join("=", groups);
  }
}
