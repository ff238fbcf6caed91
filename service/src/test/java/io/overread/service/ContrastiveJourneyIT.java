package io.overread.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.service.synthetic.SyntheticChest;
import io.overread.service.synthetic.SyntheticStudy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A contrastive model beside the one that drafts, from the setting to the replay. */
class ContrastiveJourneyIT {
  /** The one finding that the tiny model is calibrated for. */
  private static final String CALIBRATED = "effusion";

  @TempDir Path folder;

  @Test
  void both_score_the_findings_and_each_reader_is_told_which_and_what_was_made_of_them()
      throws Exception {
    Path contrastive =
        TinyContrastive.copyTo(folder.resolve("tiny-siglip")).calibratedFor(CALIBRATED).folder();
    SyntheticStudy study = new SyntheticChest(Clock.systemUTC()).write(folder).getFirst();
    Path home = Files.createDirectory(folder.resolve("home"));
    Map<String, String> settings =
        Map.of(
            "OVERREAD_CONTRASTIVE_MODELS_0_FOLDER", contrastive.toString(),
            "OVERREAD_CONTRASTIVE_MODELS_0_WEIGHT", "0.5",
            "OVERREAD_CONTRASTIVE_MODELS_0_BESIDE", "overread-mini");
    try (RunningService service = RunningService.start(home, 1, settings)) {
      assertThat(service.run("send", study.file().toString()).status()).isZero();
      JsonNode report = service.awaitReport(study.studyInstanceUid(), 1);
      JsonNode model = report.path("contrastive").path("model");
      assertThat(model.path("name").asString()).isEqualTo("tiny-siglip");
      assertThat(report.path("contrastive").path("weight").asDouble()).isEqualTo(0.5);
      assertScores(report);
      assertTold(service, study.studyInstanceUid(), model.path("digest").asString());
      assertReplayed(service, report.path("id").asString());
    }
  }

  private static void assertScores(JsonNode report) {
    Map<String, JsonNode> findings = new HashMap<>();
    report
        .path("findings")
        .forEach(finding -> findings.put(finding.path("findingId").asString(), finding));
    assertThat(findings).hasSize(15);
    JsonNode joined = Objects.requireNonNull(findings.remove(CALIBRATED));
    assertThat(joined.path("contrastive").path("joined").asBoolean()).isTrue();
    double alone = joined.path("contrastive").path("alone").asDouble();
    double other = joined.path("contrastive").path("probability").asDouble();
    assertThat(joined.path("probability").asDouble())
        .isBetween(Math.min(alone, other), Math.max(alone, other))
        .isNotEqualTo(alone);
    for (JsonNode finding : findings.values()) {
      JsonNode score = finding.path("contrastive");
      assertThat(score.path("logOdds").isNumber()).isTrue();
      assertThat(score.path("probability").isNull()).isTrue();
      assertThat(score.path("joined").asBoolean(true)).isFalse();
      assertThat(finding.path("probability")).isEqualTo(score.path("alone"));
    }
  }

  private static void assertTold(RunningService service, String study, String digest)
      throws Exception {
    assertThat(service.json("/fhir/Observation?_count=50").toString())
        .contains("tiny-siglip 1 (SHA-256 " + digest + ")")
        .contains("the contrastive model weighing 0.5.")
        .contains("not calibrated and has no part in the certainty");
    assertThat(service.json("/fhir/Device?identifier=" + digest).path("total").asInt())
        .isEqualTo(1);
    assertThat(service.json("/api/studies/" + study + "/audit").toString())
        .contains("contrastiveDigest", digest);
    JsonNode models = service.json("/api/models");
    assertThat(models.size()).isEqualTo(2);
    assertThat(models.path(0).path("contrastive").asString()).isEqualTo("tiny-siglip");
    assertThat(models.path(1).path("weight").asDouble()).isEqualTo(0.5);
  }

  private static void assertReplayed(RunningService service, String report) throws Exception {
    RunningService.Ended same = service.run("replay", report);
    assertThat(same.output()).contains("the same to the last token: 1 frames, 15 findings and");
    assertThat(same.status()).isZero();

    RunningService.Ended missing =
        service.run("replay", report, "--contrastive", TinyContrastive.SHIPPED.toString());
    assertThat(missing.output())
        .contains("the contrastive model that scored beside, tiny-siglip 1 (");
    assertThat(missing.status()).isEqualTo(2);
  }
}
