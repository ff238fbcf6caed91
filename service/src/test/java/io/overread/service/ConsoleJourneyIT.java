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

/** Chromium, from log-in to signature. */
class ConsoleJourneyIT {
  @TempDir Path folder;

  @Test
  void a_radiologist_signs_in_reads_asks_edits_and_signs_in_the_browser() throws Exception {
    TestPeer.at("/usr/bin/chromium");
    Path home = Files.createDirectory(folder.resolve("home"));
    List<SyntheticStudy> studies = new SyntheticChest(Clock.systemUTC()).write(folder);
    try (RunningService service = RunningService.start(home, 1)) {
      assertThat(service.run("send", studies.get(0).file().toString()).status()).isZero();
      TestPeer node = TestPeer.at("/usr/bin/node");
      var journey =
          node.run(
              List.of(
                  "console/e2e/journey.mjs", service.address(), "admin", RunningService.PASSWORD));
      assertThat(journey.status()).as(journey.output()).isZero();
      assertThat(
              service
                  .json("/api/studies/" + studies.get(0).studyInstanceUid() + "/report")
                  .path("status")
                  .asString())
          .isEqualTo("final");
    }
  }
}
