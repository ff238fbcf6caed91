package io.overread.vlm.evaluate;

import io.overread.vlm.AnswerScore;
import io.overread.vlm.contrastive.BesideFinding;
import io.overread.vlm.contrastive.ContrastiveModel;
import io.overread.vlm.contrastive.ZeroShotBattery;
import io.overread.vlm.contrastive.ZeroShotFinding;
import io.overread.vlm.evaluate.Prediction.Outcome;
import io.overread.vlm.finding.Finding;
import io.overread.vlm.finding.ScoredFinding;
import io.overread.vlm.model.Calibration;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * Findings by a contrastive model, and by both together. Safe for many threads.
 *
 * @param generator the generator's calibration
 * @param weight of the contrastive model, 0 to 1
 */
record BesideReading(ContrastiveModel contrastive, Calibration generator, double weight) {

  /**
   * What it says of an image, and what both say of those findings for which both are calibrated.
   *
   * @param scores of the generator, one for each finding that is stated
   */
  List<Prediction> read(
      Subject subject,
      BufferedImage image,
      SequencedMap<Finding, Boolean> stated,
      List<AnswerScore> scores) {
    List<Finding> findings = List.copyOf(stated.keySet());
    List<ZeroShotFinding> zeroShot = ZeroShotBattery.run(contrastive, List.of(image), findings);
    List<Prediction> predictions = new ArrayList<>();
    for (ZeroShotFinding each : zeroShot) {
      boolean truth = stated.getOrDefault(each.finding(), false);
      predictions.add(
          prediction(
              subject,
              Task.FINDING_CONTRASTIVE,
              each.finding(),
              truth,
              each.probability(),
              each.logOdds()));
    }
    List<ScoredFinding> generated = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      generated.add(scored(findings.get(i), scores.get(i)));
    }
    if (generated.size() == findings.size()) {
      ZeroShotBattery.beside(generated, generator, zeroShot, weight).stream()
          .filter(BesideFinding::joined)
          .map(each -> together(subject, each, stated.getOrDefault(each.alone().finding(), false)))
          .forEach(predictions::add);
    }
    return predictions;
  }

  private ScoredFinding scored(Finding finding, AnswerScore score) {
    return new ScoredFinding(
        finding,
        generator.probability(finding.question(), score.logOdds()),
        score.logOdds(),
        score.logProbabilityYes(),
        score.logProbabilityNo());
  }

  private static Prediction together(Subject subject, BesideFinding both, boolean truth) {
    double probability = both.scored().probability();
    return prediction(
        subject,
        Task.FINDING_BESIDE,
        both.alone().finding(),
        truth,
        probability,
        Math.log(probability / (1 - probability)));
  }

  private static Prediction prediction(
      Subject subject,
      Task task,
      Finding finding,
      boolean truth,
      double probability,
      double logOdds) {
    return new Prediction(
        subject,
        task,
        finding.id(),
        finding.question(),
        "",
        truth ? Prediction.YES : Prediction.NO,
        new Outcome(
            probability >= 0.5 ? Prediction.YES : Prediction.NO,
            probability,
            logOdds,
            0,
            false,
            null,
            List.of()));
  }
}
