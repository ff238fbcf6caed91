package io.overread.service.journey;

import io.overread.reporting.finding.ContrastiveReader;
import io.overread.reporting.finding.ContrastiveScore;
import io.overread.reporting.finding.ModelIdentity;
import io.overread.reporting.finding.Readers;
import io.overread.reporting.finding.RecordedFinding;
import io.overread.service.model.Beside;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.contrastive.BesideFinding;
import io.overread.vlm.contrastive.ZeroShotBattery;
import io.overread.vlm.finding.BatteryProgress;
import io.overread.vlm.finding.FindingBattery;
import io.overread.vlm.finding.FindingCatalogue;
import io.overread.vlm.finding.ScoredFinding;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The findings of a catalogue, as the model that drafts scores them, and a contrastive model beside
 * it where there is one.
 *
 * @param beside null where there is none
 * @param images the frames of the reading, for it
 */
record FindingScores(@Nullable Beside beside, Supplier<List<BufferedImage>> images) {

  /** Who scores the findings of this catalogue; nobody is beside where nothing is asked. */
  Readers readers(VisionLanguageModel drafting, FindingCatalogue catalogue) {
    return new Readers(
        identity(drafting.identity()),
        beside == null || catalogue.findings().isEmpty()
            ? null
            : new ContrastiveReader(identity(beside.model().identity()), beside.weight()));
  }

  private static ModelIdentity identity(io.overread.vlm.model.ModelIdentity identity) {
    return new ModelIdentity(identity.name(), identity.version(), identity.digest());
  }

  /** Scores them, as they are recorded. */
  List<RecordedFinding> of(Reading reading, FindingCatalogue catalogue, BatteryProgress progress) {
    VisionLanguageModel drafting = reading.model();
    List<ScoredFinding> scored =
        FindingBattery.run(drafting, reading.encoded(), catalogue, progress);
    Map<String, ContrastiveScore> scores = new HashMap<>();
    if (beside != null && !scored.isEmpty()) {
      List<BesideFinding> both =
          ZeroShotBattery.beside(
              scored,
              drafting.calibration(),
              ZeroShotBattery.run(beside.model(), images.get(), catalogue.findings()),
              beside.weight());
      both.forEach(each -> scores.put(each.alone().finding().id(), score(each)));
      scored = both.stream().map(BesideFinding::scored).toList();
    }
    return Findings.recorded(
        scored, scores, reading.sources().getFirst(), drafting.limits().leastFindingShift());
  }

  private static ContrastiveScore score(BesideFinding finding) {
    return new ContrastiveScore(
        finding.alone().hasProbability() ? finding.alone().probability() : null,
        finding.contrastive().logOdds(),
        finding.contrastive().calibrated() ? finding.contrastive().probability() : null,
        finding.joined());
  }
}
