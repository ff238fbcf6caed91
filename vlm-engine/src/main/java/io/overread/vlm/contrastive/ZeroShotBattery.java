package io.overread.vlm.contrastive;

import io.overread.vlm.finding.Finding;
import io.overread.vlm.finding.FindingCatalogue;
import io.overread.vlm.finding.ScoredFinding;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Findings by zero-shot classification: of each, the sentence of its presence against that of its
 * absence, as CheXzero (doi 10.1038/s41551-022-00936-9) pairs its prompts.
 */
public final class ZeroShotBattery {

  private ZeroShotBattery() {}

  /**
   * Scores all findings of a catalogue, in its order; all sentences in one run for each image. Of
   * several images the one that shows a finding most counts.
   */
  public static List<ZeroShotFinding> run(
      ContrastiveModel model, List<BufferedImage> images, FindingCatalogue catalogue) {
    List<Finding> findings = catalogue.findings();
    if (findings.isEmpty()) {
      return List.of();
    }
    List<String> sentences = new ArrayList<>();
    for (Finding finding : findings) {
      sentences.add(finding.presentSentence());
      sentences.add(finding.absentSentence());
    }
    double[] odds = new double[findings.size()];
    Arrays.fill(odds, Double.NEGATIVE_INFINITY);
    for (BufferedImage image : images) {
      float[] logits = model.logits(image, sentences);
      for (int i = 0; i < odds.length; i++) {
        odds[i] = Math.max(odds[i], logits[2 * i] - logits[2 * i + 1]);
      }
    }
    List<ZeroShotFinding> scored = new ArrayList<>();
    for (int i = 0; i < odds.length; i++) {
      Finding finding = findings.get(i);
      double probability = model.calibration().probability(finding.question(), odds[i]);
      scored.add(new ZeroShotFinding(finding, probability, odds[i]));
    }
    return scored;
  }

  /**
   * The generator's findings with a contrastive model's beside them: the mean of both
   * probabilities' log odds, the second weighing so much. Only meaningful where both are
   * calibrated.
   *
   * @param weight of the contrastive model, 0 (leave the generator's) to 1
   */
  public static List<ScoredFinding> beside(
      List<ScoredFinding> generated, List<ZeroShotFinding> zeroShot, double weight) {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("a weight is from 0 to 1, not " + weight);
    }
    Map<String, ZeroShotFinding> byId =
        zeroShot.stream().collect(Collectors.toMap(z -> z.finding().id(), Function.identity()));
    return generated.stream()
        .map(
            each -> {
              ZeroShotFinding other = byId.get(each.finding().id());
              return other == null || weight == 0 ? each : joined(each, other, weight);
            })
        .toList();
  }

  private static ScoredFinding joined(ScoredFinding one, ZeroShotFinding other, double weight) {
    double odds = (1 - weight) * logOdds(one.probability()) + weight * logOdds(other.probability());
    return new ScoredFinding(
        one.finding(),
        1 / (1 + Math.exp(-odds)),
        one.logOdds(),
        one.logProbabilityYes(),
        one.logProbabilityNo());
  }

  /** Bounded, so that one certain model can't outweigh any doubt of the other. */
  private static double logOdds(double probability) {
    double bounded = Math.clamp(probability, 0.001, 0.999);
    return Math.log(bounded / (1 - bounded));
  }
}
