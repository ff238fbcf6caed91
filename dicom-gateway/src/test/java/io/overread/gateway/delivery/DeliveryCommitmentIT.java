package io.overread.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.audit.AuditEntry;
import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.Association;
import io.overread.dicom.net.DimseStatus;
import io.overread.gateway.association.AskingPeer;
import io.overread.gateway.result.ReportEvent;
import io.overread.gateway.result.ReportSample;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deliveries that are proven by Storage Commitment; {@link OrthancDeliveryIT} does it with Orthanc.
 */
class DeliveryCommitmentIT {

  private static final int NO_SUCH_OBJECT_INSTANCE = 0x0112;
  private static final int SOP_CLASS_NOT_SUPPORTED = 0x0122;

  @TempDir Path home;

  @Test
  void the_peer_s_commitment_is_the_proof_and_nothing_else_is_asked_for() throws Exception {
    try (TestArchive archive = new TestArchive(true);
        DeliveringGateway gateway = gateway(archive, "1h")) {
      makeDue(gateway);

      Delivery committed = gateway.await(DeliveryState.COMMITTED).getFirst();

      assertThat(committed.progress().reason()).isEqualTo("committed by Storage Commitment");
      assertThat(committed.progress().nextStepAt()).isNull();
      assertThat(archive.finds).hasValue(0);
      assertThat(gateway.audited().stream().map(AuditEntry::action))
          .containsExactly("DELIVERY_QUEUED", "DELIVERY_SENT", "DELIVERY_COMMITTED");
    }
  }

  @Test
  void a_peer_that_does_not_commit_yet_is_asked_anew() throws Exception {
    try (TestArchive archive = new TestArchive(true);
        DeliveringGateway gateway = gateway(archive, "1h")) {
      archive.failures.add(NO_SUCH_OBJECT_INSTANCE);
      makeDue(gateway);

      gateway.await(DeliveryState.COMMITTED);

      assertThat(archive.stores).hasValue(1);
      assertThat(gateway.audited())
          .filteredOn(entry -> entry.action().equals("DELIVERY_RETRIED"))
          .singleElement()
          .matches(entry -> entry.detail().contains("0112"));
    }
  }

  @Test
  void a_peer_that_never_commits_has_it_given_up_with_its_reason_though_it_finds_the_object()
      throws Exception {
    try (TestArchive archive = new TestArchive(true);
        DeliveringGateway gateway = gateway(archive, "1h")) {
      archive.failures.addAll(Collections.nCopies(9, NO_SUCH_OBJECT_INSTANCE));
      makeDue(gateway);

      Delivery given = gateway.await(DeliveryState.GIVEN_UP).getFirst();

      assertThat(given.progress().status()).isEqualTo("0112");
      assertThat(given.progress().reason())
          .isEqualTo("the peer does not commit to it: no such object instance");
      assertThat(given.progress().tries()).isEqualTo(3);

      archive.failures.clear();
      gateway
          .bean(Deliveries.class)
          .resend(gateway.image.studyInstanceUid(), given.id(), "user:rosa");
      gateway.await(DeliveryState.COMMITTED);
      assertThat(archive.stores).hasValue(2);
    }
  }

  @Test
  void what_a_peer_can_not_commit_to_by_its_kind_is_asked_for_by_c_find() throws Exception {
    try (TestArchive archive = new TestArchive(true);
        DeliveringGateway gateway = gateway(archive, "1h")) {
      archive.failures.add(SOP_CLASS_NOT_SUPPORTED);
      makeDue(gateway);

      assertThat(gateway.await(DeliveryState.COMMITTED).getFirst().progress().reason())
          .isEqualTo("found by C-FIND");
    }
  }

  @Test
  void a_peer_that_knows_no_commitment_is_asked_by_c_find_at_once() throws Exception {
    try (TestArchive archive = new TestArchive(false);
        DeliveringGateway gateway = gateway(archive, "1h")) {
      makeDue(gateway);

      assertThat(gateway.await(DeliveryState.COMMITTED).getFirst().progress().reason())
          .isEqualTo("found by C-FIND");
    }
  }

  @Test
  void a_peer_that_does_not_report_in_time_is_asked_by_c_find() throws Exception {
    try (TestArchive archive = new TestArchive(true);
        DeliveringGateway gateway = gateway(archive, "50ms")) {
      archive.reports = false;
      makeDue(gateway);

      assertThat(gateway.await(DeliveryState.COMMITTED).getFirst().progress().reason())
          .isEqualTo("found by C-FIND");
    }
  }

  @Test
  void a_report_that_comes_late_still_counts() throws Exception {
    try (TestArchive archive = new TestArchive(true);
        DeliveringGateway gateway = gateway(archive, "1ms", "1h")) {
      archive.reports = false;
      archive.findsNothing = true;
      makeDue(gateway);
      DataSet asked = archive.silent.poll(20, TimeUnit.SECONDS);
      assertThat(asked).isNotNull();
      gateway.await(it -> it.progress().tries() == 1);

      try (Association association =
          AskingPeer.associate(gateway.port(), "PACS", Uid.StorageCommitmentPushModel)) {
        assertThat(association.report(TestArchive.report(asked, null)).status())
            .isEqualTo(DimseStatus.SUCCESS);
      }

      assertThat(gateway.await(DeliveryState.COMMITTED).getFirst().progress().reason())
          .isEqualTo("committed by Storage Commitment");
    }
  }

  private DeliveringGateway gateway(TestArchive archive, String within) throws Exception {
    return gateway(archive, within, "20ms");
  }

  private DeliveringGateway gateway(TestArchive archive, String within, String firstWait)
      throws Exception {
    Map<String, String> settings =
        DeliveringGateway.peer(archive.port(), "objects", "SR", "commitment", "true");
    settings.put("overread.delivery.commitment-within", within);
    settings.put("overread.delivery.first-wait", firstWait);
    return new DeliveringGateway(home, settings);
  }

  private static void makeDue(DeliveringGateway gateway) {
    gateway.makeDue(
        ReportSample.signed(
            gateway.image.studyInstanceUid(),
            gateway.image.sopInstanceUid(),
            ReportEvent.SIGNATURE,
            3));
  }
}
