package io.overread.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.gateway.OrthancPeer;
import io.overread.gateway.query.ListeningPeer;
import io.overread.gateway.result.ReportEvent;
import io.overread.gateway.result.ReportSample;
import io.overread.gateway.result.ResultKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OrthancDeliveryIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path home;
  @TempDir Path archive;

  @Test
  void orthanc_takes_every_object_by_c_store_and_opens_it() throws Exception {
    try (OrthancPeer orthanc = new OrthancPeer(archive, 1);
        DeliveringGateway gateway =
            new DeliveringGateway(home, DeliveringGateway.peer(orthanc.dicomPort()))) {
      makeDue(gateway, ReportEvent.SIGNATURE, 3);

      List<Delivery> deliveries = gateway.await(DeliveryState.COMMITTED);

      assertThat(deliveries)
          .hasSize(3)
          .allMatch(it -> "found by C-FIND".equals(it.progress().reason()));
      assertOpens(orthanc, gateway);
    }
  }

  @Test
  void orthanc_takes_every_object_by_stow_rs_and_opens_it() throws Exception {
    try (OrthancPeer orthanc = new OrthancPeer(archive, 1);
        DeliveringGateway gateway = new DeliveringGateway(home, web(orthanc))) {
      makeDue(gateway, ReportEvent.SIGNATURE, 3);

      List<Delivery> deliveries = gateway.await(DeliveryState.COMMITTED);

      assertThat(deliveries)
          .hasSize(3)
          .allMatch(it -> "found by QIDO-RS".equals(it.progress().reason()));
      assertOpens(orthanc, gateway);
    }
  }

  @Test
  void orthanc_commits_to_every_object_on_an_association_that_it_opens_to_us() throws Exception {
    int gatewayPort = ListeningPeer.freePort();
    try (OrthancPeer orthanc = new OrthancPeer(archive, gatewayPort);
        DeliveringGateway gateway = new DeliveringGateway(home, committing(orthanc, gatewayPort))) {
      makeDue(gateway, ReportEvent.SIGNATURE, 3);

      List<Delivery> deliveries = gateway.await(DeliveryState.COMMITTED);

      assertThat(deliveries)
          .hasSize(3)
          .allMatch(it -> "committed by Storage Commitment".equals(it.progress().reason()));
    }
  }

  private static Map<String, String> committing(OrthancPeer orthanc, int gatewayPort) {
    Map<String, String> settings =
        DeliveringGateway.peer(orthanc.dicomPort(), "commitment", "true");
    settings.put("overread.peers.pacs.ae-title", "ORTHANC");
    settings.put("overread.dicom-port", Integer.toString(gatewayPort));
    return settings;
  }

  private static Map<String, String> web(OrthancPeer orthanc) {
    Map<String, String> settings = new HashMap<>();
    settings.put("overread.delivery.destinations.archive.url", orthanc.dicomWeb());
    return settings;
  }

  private static void makeDue(DeliveringGateway gateway, ReportEvent event, int version) {
    gateway.makeDue(
        ReportSample.signed(
            gateway.image.studyInstanceUid(), gateway.image.sopInstanceUid(), event, version));
  }

  /** Its tags, the picture and the document: what its own pages show of each. */
  private static void assertOpens(OrthancPeer orthanc, DeliveringGateway gateway) throws Exception {
    JsonNode instances = JSON.readTree(orthanc.get("/instances?expand"));
    assertThat(instances).hasSize(3);
    for (JsonNode instance : instances) {
      String path = "/instances/" + instance.path("ID").asString();
      JsonNode tags = JSON.readTree(orthanc.get(path + "/simplified-tags"));
      assertThat(tags.path("PatientName").asString()).isEqualTo("Doe^Jane");
      Delivery delivery =
          gateway.deliveries().stream()
              .filter(
                  it -> it.object().sopInstanceUid().equals(tags.path("SOPInstanceUID").asString()))
              .findFirst()
              .orElseThrow();
      if (delivery.object().kind() == ResultKind.PDF) {
        assertThat(new String(orthanc.bytes(path + "/pdf"), StandardCharsets.ISO_8859_1))
            .startsWith("%PDF");
      }
      if (delivery.object().kind() == ResultKind.SC) {
        assertThat(orthanc.bytes(path + "/preview")).hasSizeGreaterThan(100);
      }
    }
  }
}
