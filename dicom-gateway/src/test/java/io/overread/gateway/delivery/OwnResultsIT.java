package io.overread.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.Sample;
import io.overread.gateway.instance.Arrival;
import io.overread.gateway.instance.DataFolder;
import io.overread.gateway.instance.InstanceStore;
import io.overread.gateway.instance.ResultFiles;
import io.overread.gateway.instance.StoreOutcome;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.result.ReportEvent;
import io.overread.gateway.result.ReportSample;
import io.overread.gateway.study.Study;
import io.overread.gateway.study.StudyLedger;
import io.overread.gateway.study.StudyState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnResultsIT {

  @TempDir Path home;

  @Test
  void what_we_made_is_stored_when_it_comes_back_and_begins_no_revision() throws Exception {
    try (TestArchive archive = new TestArchive();
        DeliveringGateway gateway =
            new DeliveringGateway(home, DeliveringGateway.peer(archive.port()))) {
      awaitRevision(gateway, 1);
      gateway.makeDue(
          ReportSample.signed("2.25.7", gateway.image.sopInstanceUid(), ReportEvent.SIGNATURE, 3));
      List<Delivery> deliveries = gateway.await(DeliveryState.COMMITTED);

      for (Delivery delivery : deliveries) {
        DataSet object = object(gateway, delivery);
        assertThat(receive(gateway, object)).isInstanceOf(StoreOutcome.Stored.class);
        assertThat(study(gateway).progress().state()).isEqualTo(StudyState.COMPLETE);
        // As from an archive that dropped the equipment and gave the object another UID.
        object.remove(Tag.ContributingEquipmentSequence);
        object.putString(Tag.SOPInstanceUID, delivery.object().sopInstanceUid() + ".1");
        assertThat(receive(gateway, object)).isInstanceOf(StoreOutcome.Stored.class);
        assertThat(study(gateway).progress().state()).isEqualTo(StudyState.COMPLETE);
      }

      assertThat(gateway.bean(StoredInstances.class).ownResultsOf("2.25.7")).hasSize(6);
      assertThat(gateway.bean(StoredInstances.class).sendersOf("2.25.7"))
          .containsExactly("MODALITY1");
      gateway.receive(Sample.of(7, 2));
      awaitRevision(gateway, 2);
      assertThat(gateway.completed).hasSize(2);
    }
  }

  private static void awaitRevision(DeliveringGateway gateway, int revision) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> study(gateway).progress().revision() == revision);
  }

  private static Study study(DeliveringGateway gateway) {
    return gateway.bean(StudyLedger.class).find("2.25.7").orElseThrow();
  }

  private static DataSet object(DeliveringGateway gateway, Delivery delivery) throws Exception {
    String digest = delivery.object().digest();
    assertThat(digest).isNotNull();
    ResultFiles files = new ResultFiles(gateway.bean(DataFolder.class));
    return DicomFile.open(files.path(String.valueOf(digest))).dataSet();
  }

  private static StoreOutcome receive(DeliveringGateway gateway, DataSet object) throws Exception {
    TransferSyntax syntax = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
    Arrival arrival =
        new Arrival(
            object.string(Tag.SOPClassUID).orElseThrow(),
            object.string(Tag.SOPInstanceUID).orElseThrow(),
            syntax.uid(),
            "PACS",
            "192.0.2.2");
    return gateway.bean(InstanceStore.class).receive(arrival, new Sample(object, syntax).stream());
  }
}
