package io.overread.gateway.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.OrthancPeer;
import io.overread.gateway.Sample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orthanc's DICOMweb plugin as a client: it stores, searches and retrieves. */
class OrthancPeerIT extends HttpGateway {

  @TempDir Path folder;

  @Test
  void it_stores_here_finds_what_it_stored_and_takes_it_back() throws Exception {
    Sample sample = Sample.of(400, 1).with(Tag.PatientName, "Müller^Jürgen");
    sample.dataSet().putBytes(Tag.PixelData, Vr.OB, new byte[16]);
    try (OrthancPeer orthanc = new OrthancPeer(folder, 1, server.url("/"))) {
      String kept = orthanc.post("/instances", file(sample));
      String id = kept.replaceAll("(?s).*\"ID\" : \"([^\"]+)\".*", "$1");

      String stored =
          post(orthanc, "stow", "{\"Resources\": [\"" + id + "\"], \"Synchronous\": true}");
      assertThat(stored).contains("\"InstancesCount\" : \"1\"");
      assertThat(gateway.instances.find(sample.sopInstanceUid())).isPresent();

      String found =
          post(
              orthanc,
              "qido",
              "{\"Uri\": \"/studies\", \"Arguments\": {\"PatientName\": \"Müller*\"}}");
      assertThat(found).contains("2.25.400");

      orthanc.delete("/instances/" + id);
      String taken =
          post(
              orthanc,
              "retrieve",
              "{\"Resources\": [{\"Study\": \"2.25.400\"}], \"Synchronous\": true}");
      assertThat(taken).contains("\"ReceivedInstancesCount\" : \"1\"");
    }
  }

  private static String post(OrthancPeer orthanc, String act, String body) throws Exception {
    return orthanc.post(
        "/dicom-web/servers/overread/" + act, body.getBytes(StandardCharsets.UTF_8));
  }
}
