package io.overread.gateway.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.audit.AuditEntry;
import io.overread.audit.AuditLog;
import io.overread.db.TestDatabase;
import io.overread.dicom.net.Association;
import io.overread.dicom.net.AssociationRefusedException;
import io.overread.dicom.net.AssociationRejection;
import io.overread.dicom.net.DimseStatus;
import io.overread.gateway.Sample;
import io.overread.gateway.SpringGateway;
import io.overread.gateway.capacity.Capacity;
import io.overread.gateway.capacity.WaitingStudies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers while the intake pauses, and after. */
class CapacityIT {

  @TempDir Path home;

  @Test
  void above_the_mark_peers_are_told_to_come_again_and_below_it_they_are_welcome()
      throws IOException {
    AtomicInteger waiting = new AtomicInteger();
    try (TestDatabase database = TestDatabase.create();
        SpringGateway gateway =
            new SpringGateway(
                database.serviceDataSource(),
                study -> {},
                Map.of(
                    "overread.home", home.toString(),
                    "overread.dicom-port", "0",
                    "overread.storage.free-space-floor", "0B",
                    "overread.capacity.queue.pause-above-studies", "10",
                    "overread.capacity.queue.resume-below-studies", "5"),
                Map.of(WaitingStudies.class, (WaitingStudies) waiting::get));
        Association before = TestPeer.associate(gateway.port(), "OVERREAD")) {
      assertThat(TestPeer.store(before, Sample.of(7, 1))).isEqualTo(DimseStatus.SUCCESS);

      waiting.set(11);
      awaitPaused(gateway, true);
      assertThat(TestPeer.store(before, Sample.of(7, 2))).isEqualTo(DimseStatus.OUT_OF_RESOURCES);
      assertRefused(gateway, "OVERREAD", AssociationRejection.LOCAL_LIMIT_EXCEEDED);
      assertRefused(gateway, "SOMEONE", AssociationRejection.CALLED_AE_TITLE_NOT_RECOGNIZED);

      waiting.set(5);
      awaitPaused(gateway, false);
      assertThat(TestPeer.store(before, Sample.of(7, 2))).isEqualTo(DimseStatus.SUCCESS);
      TestPeer.associate(gateway.port(), "OVERREAD").close();
      assertThat(new AuditLog(database.serviceDataSource()).page(0, 100))
          .extracting(AuditEntry::action)
          .containsOnlyOnce("INTAKE_PAUSED", "INTAKE_RESUMED")
          .doesNotContain("INSTANCE_REFUSED");
    }
  }

  private static void awaitPaused(SpringGateway gateway, boolean paused) {
    Awaitility.await().until(() -> gateway.bean(Capacity.class).intake().isPaused() == paused);
  }

  private static void assertRefused(
      SpringGateway gateway, String calledAeTitle, AssociationRejection rejection) {
    assertThatThrownBy(() -> TestPeer.associate(gateway.port(), calledAeTitle))
        .isInstanceOfSatisfying(
            AssociationRefusedException.class,
            refused -> assertThat(refused.rejection()).isEqualTo(rejection));
  }
}
