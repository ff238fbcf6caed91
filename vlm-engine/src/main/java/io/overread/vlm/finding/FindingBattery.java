package io.overread.vlm.finding;

import io.overread.vlm.AnswerScore;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.VisionLanguageModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts every question of a catalogue to the model and scores the answers. */
public final class FindingBattery {

  /** Small enough for progress to be seen, large enough for one run to carry many questions. */
  private static final int QUESTIONS_AT_ONCE = 32;

  private FindingBattery() {}

  /**
   * Scores all findings of a catalogue, in its order.
   *
   * @param progress told after each batch, on the calling thread
   */
  public static List<ScoredFinding> run(
      VisionLanguageModel model,
      EncodedStudy study,
      FindingCatalogue catalogue,
      BatteryProgress progress) {
    List<Finding> findings = catalogue.findings();
    List<ScoredFinding> scored = new ArrayList<>();
    for (int from = 0; from < findings.size(); from += QUESTIONS_AT_ONCE) {
      List<Finding> batch =
          findings.subList(from, Math.min(findings.size(), from + QUESTIONS_AT_ONCE));
      List<String> questions = batch.stream().map(Finding::question).toList();
      List<AnswerScore> scores = model.score(study, questions);
      Optional<List<AnswerScore>> blind = model.scoreWithoutImage(questions);
      for (int i = 0; i < batch.size(); i++) {
        int at = i;
        Double without = blind.map(all -> all.get(at).logOdds()).orElse(null);
        scored.add(scored(model, batch.get(i), scores.get(i), without));
      }
      progress.scored(scored.size(), findings.size());
    }
    return scored;
  }

  private static ScoredFinding scored(
      VisionLanguageModel model, Finding finding, AnswerScore score, @Nullable Double without) {
    if (!score.hasProbabilities()) {
      return ScoredFinding.withoutProbability(finding, score.choice());
    }
    return new ScoredFinding(
        finding,
        model.calibration().probability(finding.question(), score.logOdds()),
        score.logOdds(),
        score.logProbabilityYes(),
        score.logProbabilityNo(),
        score.choice(),
        without);
  }
}
