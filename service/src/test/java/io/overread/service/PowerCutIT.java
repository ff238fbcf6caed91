package io.overread.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.service.synthetic.SyntheticChest;
import io.overread.service.synthetic.SyntheticStudy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is killed in the middle of a study and started again. */
class PowerCutIT {
  @TempDir Path folder;

  @Test
  void a_service_killed_outright_loses_no_acknowledged_image_and_no_due_draft() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    List<SyntheticStudy> studies = new SyntheticChest(Clock.systemUTC()).write(folder);
    Path second = ChangedCopy.anotherImage(studies.get(0).file(), folder.resolve("second.dcm"));
    try (RunningService service = RunningService.start(home, 4)) {
      var sent =
          service.run("send", studies.get(0).file().toString(), studies.get(1).file().toString());
      assertThat(sent.status()).as(sent.output()).isZero();
      // Acknowledged and not yet complete: the quiet time runs.
      service.killOutright();
      service.startAgain();
      assertThat(service.run("send", second.toString()).status()).isZero();
      var report = service.awaitReport(studies.get(1).studyInstanceUid(), 1);
      assertThat(report.path("status").asString()).isEqualTo("preliminary");
      // Again, now while drafts are being made or have just been.
      service.killOutright();
      service.startAgain();
      service.awaitReport(
          studies.get(0).studyInstanceUid(),
          service
              .json("/api/studies/" + studies.get(0).studyInstanceUid())
              .path("revision")
              .asInt());
      assertThat(
              service
                  .json("/api/studies/" + studies.get(0).studyInstanceUid())
                  .path("instanceCount")
                  .asInt())
          .isEqualTo(2);
      assertThat(service.run("audit", "verify").output()).contains("intact");
    }
  }
}
