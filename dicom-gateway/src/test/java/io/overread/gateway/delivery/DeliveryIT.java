package io.overread.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.audit.AuditEntry;
import io.overread.dicom.net.AssociationRejection;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.tls.TestIssuer;
import io.overread.dicom.net.tls.TlsFiles;
import io.overread.gateway.query.ListeningPeer;
import io.overread.gateway.result.ReportEvent;
import io.overread.gateway.result.ReportSample;
import io.overread.gateway.result.ReportToDeliver;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class DeliveryIT {

  @TempDir Path home;

  @Test
  void a_signed_report_is_sent_and_proven_by_asking_for_it() throws Exception {
    try (TestArchive archive = new TestArchive();
        DeliveringGateway gateway = gateway(archive)) {
      gateway.makeDue(signed(gateway, ReportEvent.SIGNATURE, 3));

      List<Delivery> deliveries = gateway.await(DeliveryState.COMMITTED);

      assertThat(deliveries).hasSize(3).allMatch(it -> it.progress().nextStepAt() == null);
      assertThat(archive.held)
          .containsExactlyInAnyOrderElementsOf(
              deliveries.stream().map(it -> it.object().sopInstanceUid()).toList());
      assertThat(gateway.audited().stream().map(AuditEntry::action))
          .containsOnly("DELIVERY_QUEUED", "DELIVERY_SENT", "DELIVERY_COMMITTED")
          .hasSize(9);
      try (var files = Files.walk(home.resolve("results"))) {
        assertThat(files.filter(Files::isRegularFile)).hasSize(3);
      }
    }
  }

  @Test
  void nothing_is_sent_on_an_event_that_no_rule_names() throws Exception {
    try (TestArchive archive = new TestArchive();
        DeliveringGateway gateway = gateway(archive)) {
      gateway.makeDue(draft(gateway));

      assertThat(gateway.deliveries()).isEmpty();
      assertThat(gateway.audited()).isEmpty();
    }
  }

  @Test
  void what_was_undone_is_not_sent() throws Exception {
    try (TestArchive archive = new TestArchive();
        DeliveringGateway gateway = gateway(archive)) {
      var transactions = new TransactionTemplate(gateway.bean(PlatformTransactionManager.class));
      transactions.executeWithoutResult(
          status -> {
            gateway.bean(Deliveries.class).makeDue(signed(gateway, ReportEvent.SIGNATURE, 3));
            status.setRollbackOnly();
          });

      assertThat(gateway.deliveries()).isEmpty();
      assertThat(
              gateway
                  .rows()
                  .sql("select count(*) from scheduled_tasks where task_name = 'deliver-result'")
                  .query(Integer.class)
                  .single())
          .isZero();
    }
  }

  @Test
  void out_of_resources_is_never_shown_as_sent_and_is_tried_again() throws Exception {
    try (TestArchive archive = new TestArchive();
        DeliveringGateway gateway = gateway(archive, "objects", "SR")) {
      archive.answers.add(DimseStatus.OUT_OF_RESOURCES);
      gateway.makeDue(signed(gateway, ReportEvent.SIGNATURE, 3));

      gateway.await(DeliveryState.COMMITTED);

      assertThat(archive.stores).hasValue(2);
      assertThat(gateway.audited().stream().map(AuditEntry::action))
          .containsExactly(
              "DELIVERY_QUEUED", "DELIVERY_RETRIED", "DELIVERY_SENT", "DELIVERY_COMMITTED");
      assertThat(gateway.audited().get(1).detail())
          .contains("A700", "out of resources")
          .as("a peer's own words may hold anything, and an entry stays for ever")
          .doesNotContain("as the test says");
    }
  }

  @Test
  void a_refusal_for_good_is_shown_with_the_peer_s_status_and_not_tried_again() throws Exception {
    try (TestArchive archive = new TestArchive();
        DeliveringGateway gateway = gateway(archive, "objects", "SR")) {
      archive.answers.add(DimseStatus.SOP_CLASS_NOT_SUPPORTED);
      gateway.makeDue(signed(gateway, ReportEvent.SIGNATURE, 3));

      Delivery refused = gateway.await(DeliveryState.REFUSED).getFirst();

      assertThat(refused.progress().status()).isEqualTo("0122");
      assertThat(refused.progress().reason())
          .isEqualTo("SOP Class not supported: as the test says");
      assertThat(refused.progress().nextStepAt()).isNull();
      assertThat(archive.stores).hasValue(1);
    }
  }

  @Test
  void a_person_can_send_it_again_and_that_is_audited() throws Exception {
    try (TestArchive archive = new TestArchive();
        DeliveringGateway gateway = gateway(archive, "objects", "SR")) {
      archive.answers.add(DimseStatus.SOP_CLASS_NOT_SUPPORTED);
      gateway.makeDue(signed(gateway, ReportEvent.SIGNATURE, 3));
      Delivery refused = gateway.await(DeliveryState.REFUSED).getFirst();
      Deliveries deliveries = gateway.bean(Deliveries.class);

      assertThat(deliveries.resend("2.25.999", refused.id(), "user:rosa")).isEmpty();
      assertThat(deliveries.resend("2.25.7", refused.id(), "user:rosa")).isPresent();

      Delivery again = gateway.await(DeliveryState.COMMITTED).getFirst();
      assertThat(again.object().digest()).isEqualTo(refused.object().digest());
      assertThat(gateway.audited())
          .filteredOn(entry -> entry.action().equals("DELIVERY_RESENT"))
          .singleElement()
          .extracting(AuditEntry::actor)
          .isEqualTo("user:rosa");
    }
  }

  @Test
  void a_busy_peer_is_asked_again_and_one_that_does_not_know_us_is_not() throws Exception {
    try (TestArchive archive = new TestArchive();
        DeliveringGateway gateway = gateway(archive, "objects", "SR")) {
      archive.rejections.add(AssociationRejection.LOCAL_LIMIT_EXCEEDED);
      archive.rejections.add(AssociationRejection.CALLING_AE_TITLE_NOT_RECOGNIZED);
      gateway.makeDue(signed(gateway, ReportEvent.SIGNATURE, 3));

      Delivery refused = gateway.await(DeliveryState.REFUSED).getFirst();

      assertThat(refused.progress().reason()).contains("CALLING_AE_TITLE_NOT_RECOGNIZED");
      assertThat(gateway.audited().stream().map(AuditEntry::action))
          .containsExactly("DELIVERY_QUEUED", "DELIVERY_RETRIED", "DELIVERY_REFUSED");
    }
  }

  @Test
  void a_peer_that_is_not_there_is_given_up_after_the_last_try() throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = free.getLocalPort();
    }
    try (DeliveringGateway gateway =
        new DeliveringGateway(home, DeliveringGateway.peer(nobody, "objects", "SR"))) {
      gateway.makeDue(signed(gateway, ReportEvent.SIGNATURE, 3));

      Delivery given = gateway.await(DeliveryState.GIVEN_UP).getFirst();

      assertThat(given.progress().tries()).isEqualTo(3);
      assertThat(given.progress().reason()).isNotBlank();
    }
  }

  @Test
  void what_the_peer_took_and_does_not_have_is_given_up_and_never_called_committed()
      throws Exception {
    try (TestArchive archive = new TestArchive();
        DeliveringGateway gateway = gateway(archive, "objects", "SR")) {
      archive.findsNothing = true;
      gateway.makeDue(signed(gateway, ReportEvent.SIGNATURE, 3));

      Delivery lost = gateway.await(DeliveryState.GIVEN_UP).getFirst();

      assertThat(lost.progress().reason()).contains("does not find it");
      assertThat(archive.finds).hasValue(3);
    }
  }

  @Test
  void without_a_proof_it_stays_sent() throws Exception {
    try (TestArchive archive = new TestArchive();
        DeliveringGateway gateway = gateway(archive, "objects", "SR", "proof", "false")) {
      gateway.makeDue(signed(gateway, ReportEvent.SIGNATURE, 3));

      gateway.await(
          it -> it.progress().state() == DeliveryState.SENT && it.progress().nextStepAt() == null);

      assertThat(archive.finds).hasValue(0);
    }
  }

  @Test
  void the_sender_of_the_study_gets_nothing_unless_that_is_allowed() throws Exception {
    try (TestArchive archive = new TestArchive();
        DeliveringGateway gateway =
            new DeliveringGateway(
                home,
                with(
                    DeliveringGateway.peer(archive.port(), "objects", "SR"),
                    "overread.peers.pacs.ae-title",
                    "MODALITY1"))) {
      gateway.makeDue(signed(gateway, ReportEvent.SIGNATURE, 3));

      assertThat(gateway.deliveries()).isEmpty();
      assertThat(gateway.audited())
          .singleElement()
          .matches(entry -> entry.outcome().equals("REFUSED"))
          .matches(entry -> entry.detail().contains("it sent the study itself"));
    }
    try (TestArchive archive = new TestArchive();
        DeliveringGateway gateway =
            new DeliveringGateway(
                home,
                with(
                    DeliveringGateway.peer(archive.port(), "objects", "SR", "allow-sender", "true"),
                    "overread.peers.pacs.ae-title",
                    "MODALITY1"))) {
      gateway.makeDue(signed(gateway, ReportEvent.SIGNATURE, 3));
      gateway.await(DeliveryState.COMMITTED);
    }
  }

  @Test
  void a_draft_that_is_still_queued_gives_way_to_the_signed_report() throws Exception {
    try (TestArchive archive = new TestArchive();
        DeliveringGateway gateway =
            new DeliveringGateway(
                home,
                with(
                    DeliveringGateway.peer(
                        archive.port(), "objects", "SR", "events", "DRAFT,SIGNATURE"),
                    "overread.delivery.first-wait",
                    "50m"))) {
      archive.answers.add(DimseStatus.OUT_OF_RESOURCES);
      gateway.makeDue(draft(gateway));
      gateway.await(it -> it.progress().tries() == 1);

      gateway.makeDue(signed(gateway, ReportEvent.SIGNATURE, 3));

      List<Delivery> both =
          gateway.await(
              it ->
                  it.progress().state()
                      == (it.object().event() == ReportEvent.DRAFT
                          ? DeliveryState.GIVEN_UP
                          : DeliveryState.COMMITTED));
      assertThat(both).hasSize(2);
      assertThat(archive.held).hasSize(1);
    }
  }

  @Test
  void an_object_whose_image_is_gone_is_given_up() throws Exception {
    try (TestArchive archive = new TestArchive();
        DeliveringGateway gateway = gateway(archive, "objects", "SR")) {
      gateway.makeDue(ReportSample.signed("2.25.7", "2.25.7.1.99", ReportEvent.SIGNATURE, 3));

      Delivery given = gateway.await(DeliveryState.GIVEN_UP).getFirst();

      assertThat(given.progress().reason()).isEqualTo("the image is no longer stored");
      assertThat(archive.stores).hasValue(0);
    }
  }

  @Test
  void a_peer_that_speaks_tls_is_sent_to_over_tls() throws Exception {
    TestIssuer issuer = TestIssuer.named("issuer");
    TlsFiles theirs = issuer.issue("pacs").in(home.resolve("theirs"), issuer);
    TlsFiles ours = issuer.issue("overread").in(home.resolve("ours"), issuer);
    List<String> options =
        List.of(
            "+tls",
            theirs.key().toString(),
            String.valueOf(theirs.certificate()),
            "+cf",
            theirs.trust().toString(),
            "-od",
            Files.createDirectory(home.resolve("received")).toString());
    try (ListeningPeer archive =
        ListeningPeer.start(
            "storescp", home.resolve("received"), options, ListeningPeer.freePort())) {
      Map<String, String> settings =
          DeliveringGateway.peer(archive.port(), "objects", "SR", "proof", "false");
      settings.put("overread.peers.pacs.host", "localhost");
      settings.put("overread.peers.pacs.tls", "true");
      settings.put("overread.tls.key", ours.key().toString());
      settings.put("overread.tls.certificate", String.valueOf(ours.certificate()));
      settings.put("overread.tls.trust", ours.trust().toString());
      settings.put("overread.tls.listen.port", "0");
      try (DeliveringGateway gateway = new DeliveringGateway(home, settings)) {
        gateway.makeDue(signed(gateway, ReportEvent.SIGNATURE, 3));

        gateway.await(DeliveryState.SENT);
      }
    }
    try (var files = Files.list(home.resolve("received"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void an_amendment_after_retention_deleted_the_images_is_given_up_at_once_with_the_day()
      throws Exception {
    try (TestArchive archive = new TestArchive();
        DeliveringGateway gateway = gateway(archive)) {
      gateway.rows().sql("update instance set images_deleted_at = '2026-11-25T23:30Z'").update();
      gateway.makeDue(signed(gateway, ReportEvent.AMENDMENT, 5));

      assertThat(gateway.await(DeliveryState.GIVEN_UP))
          .hasSize(3)
          .allMatch(it -> it.progress().tries() == 1)
          .allMatch(
              it ->
                  String.valueOf(it.progress().reason())
                      .contains("deleted by retention on 2026-11-25"));
      assertThat(archive.stores).hasValue(0);
    }
  }

  private DeliveringGateway gateway(TestArchive archive, String... further) throws Exception {
    return new DeliveringGateway(home, DeliveringGateway.peer(archive.port(), further));
  }

  private static Map<String, String> with(Map<String, String> settings, String key, String value) {
    settings.put(key, value);
    return settings;
  }

  private static ReportToDeliver draft(DeliveringGateway gateway) {
    return ReportSample.draft(gateway.image.studyInstanceUid(), gateway.image.sopInstanceUid());
  }

  private static ReportToDeliver signed(DeliveringGateway gateway, ReportEvent event, int version) {
    return ReportSample.signed(
        gateway.image.studyInstanceUid(), gateway.image.sopInstanceUid(), event, version);
  }
}
