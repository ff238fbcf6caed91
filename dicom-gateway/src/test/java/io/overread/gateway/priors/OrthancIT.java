package io.overread.gateway.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.overread.db.TestDatabase;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.FileMeta;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.OrthancPeer;
import io.overread.gateway.Sample;
import io.overread.gateway.SpringGateway;
import io.overread.gateway.commitment.CommitmentRequests;
import io.overread.gateway.commitment.InstanceReference;
import io.overread.gateway.instance.InstanceStore;
import io.overread.gateway.query.ListeningPeer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Orthanc as archive over DICOMweb and over DIMSE, as destination, and as partner of commitment.
 */
class OrthancIT {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String PRIOR = "2.25.13.1.1";

  @TempDir Path folder;

  @Test
  void orthanc_and_the_gateway_serve_each_other() throws Exception {
    int gatewayPort = ListeningPeer.freePort();
    try (OrthancPeer orthanc = new OrthancPeer(folder, gatewayPort)) {
      orthanc.post("/instances", file(prior(13)));
      orthanc.post("/instances", file(prior(14)));
      for (String way : List.of("web", "get", "move")) {
        fetchesPriors(settings(way, gatewayPort, orthanc));
      }
      try (TestDatabase database = TestDatabase.create();
          SpringGateway gateway = gateway(database, settings("last", gatewayPort, orthanc))) {
        findsAndMoves(orthanc, gateway);
        asksUsToCommit(orthanc, database);
        isAskedToCommit(gateway, database);
      }
    }
  }

  private static void fetchesPriors(Map<String, Object> settings) throws Exception {
    try (TestDatabase database = TestDatabase.create();
        SpringGateway gateway = gateway(database, settings)) {
      store(gateway, Sample.of(7, 1));
      await()
          .atMost(LONG)
          .until(() -> rows(database, "select state from prior_search").equals(List.of("DONE")));
      assertThat(rows(database, "select sop_instance_uid from instance order by 1"))
          .as(settings.toString())
          .containsExactly(PRIOR, "2.25.14.1.1", "2.25.7.1.1");
    }
  }

  private static void findsAndMoves(OrthancPeer orthanc, SpringGateway gateway) throws Exception {
    store(gateway, Sample.of(8, 1));
    String query =
        orthanc.post(
            "/modalities/overread/query",
            json("{'Level': 'Study', 'Query': {'AccessionNumber': 'A8', 'PatientName': 'DOE*'}}"));
    String path = query.replaceAll("(?s).*\"Path\" : \"([^\"]+)\".*", "$1");
    assertThat(orthanc.get(path + "/answers")).contains("\"0\"").doesNotContain("\"1\"");
    orthanc.post(path + "/retrieve", "ORTHANC".getBytes(StandardCharsets.UTF_8));
    assertThat(orthanc.post("/tools/lookup", "2.25.8.1.1".getBytes(StandardCharsets.UTF_8)))
        .contains("Instance");
  }

  private static void asksUsToCommit(OrthancPeer orthanc, TestDatabase database) throws Exception {
    String asked =
        orthanc.post(
            "/modalities/overread/storage-commitment",
            json(
                "{'DicomInstances': [{'SOPClassUID': '%s', 'SOPInstanceUID': '2.25.8.1.1'}]}"
                    .formatted(Sample.SOP_CLASS)));
    String id = asked.replaceAll("(?s).*\"ID\" : \"([^\"]+)\".*", "$1");
    await()
        .atMost(LONG)
        .until(() -> orthanc.get("/storage-commitment/" + id).contains("\"Status\" : \"Success\""));
    await()
        .atMost(LONG)
        .until(() -> rows(database, "select state from commitment_request").contains("REPORTED"));
  }

  private static void isAskedToCommit(SpringGateway gateway, TestDatabase database) {
    gateway
        .bean(CommitmentRequests.class)
        .ask(
            "orthanc",
            List.of(
                new InstanceReference(Sample.SOP_CLASS, PRIOR),
                new InstanceReference(Sample.SOP_CLASS, "2.25.99")));
    await()
        .atMost(LONG)
        .until(() -> rows(database, "select state from commitment_order").contains("ANSWERED"));
    assertThat(
            rows(
                database,
                "select array_to_string(committed_sop_instance_uids, ' ') from commitment_order"))
        .containsExactly(PRIOR);
  }

  private Map<String, Object> settings(String way, int gatewayPort, OrthancPeer orthanc) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("overread.home", folder.resolve("home-" + way).toString());
    settings.put("overread.dicom-port", Integer.toString(gatewayPort));
    settings.put("overread.storage.free-space-floor", "0B");
    settings.put("overread.study-quiet-seconds", "1");
    settings.put("overread.capacity.acknowledge", "committed");
    settings.put("overread.peers.orthanc.ae-title", "ORTHANC");
    settings.put("overread.peers.orthanc.host", "127.0.0.1");
    settings.put("overread.peers.orthanc.port", Integer.toString(orthanc.dicomPort()));
    if (way.equals("web")) {
      settings.put("overread.priors.archives.pacs.url", orthanc.dicomWeb());
    } else if (!way.equals("last")) {
      settings.put("overread.priors.archives.pacs.peer", "orthanc");
      settings.put("overread.priors.archives.pacs.retrieve", way);
    }
    return settings;
  }

  private static SpringGateway gateway(TestDatabase database, Map<String, Object> settings) {
    return new SpringGateway(database.serviceDataSource(), study -> {}, settings);
  }

  private static Sample prior(int study) {
    return Sample.of(study, 1).with(Tag.StudyDate, "20260101").with(Tag.PatientID, "P7");
  }

  private static byte[] file(Sample sample) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomFile.write(
        out,
        FileMeta.of(Sample.SOP_CLASS, sample.sopInstanceUid(), sample.transferSyntax().uid()),
        sample.dataSet());
    return out.toByteArray();
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static void store(SpringGateway gateway, Sample sample) throws Exception {
    gateway.bean(InstanceStore.class).receive(sample.arrival(), sample.stream());
  }

  private static List<String> rows(TestDatabase database, String sql) {
    return JdbcClient.create(database.ownerDataSource()).sql(sql).query(String.class).list();
  }
}
