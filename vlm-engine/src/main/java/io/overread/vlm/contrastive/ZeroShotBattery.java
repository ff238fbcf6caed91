package io.overread.vlm.contrastive;

import io.overread.vlm.finding.Finding;
import io.overread.vlm.finding.ScoredFinding;
import io.overread.vlm.model.Calibration;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Findings by zero-shot classification: of each, the sentence of its presence against that of its
 * absence, as CheXzero (doi 10.1038/s41551-022-00936-9) pairs its prompts.
 */
public final class ZeroShotBattery {

  private ZeroShotBattery() {}

  /** So many that a catalogue is one run, and no more, for the memory of a run. */
  private static final int FINDINGS_AT_ONCE = 32;

  /**
   * Scores findings, in their order; the sentences of many in one run for each image. Of several
   * images the one that shows a finding most counts.
   */
  public static List<ZeroShotFinding> run(
      ContrastiveModel model, List<BufferedImage> images, List<Finding> findings) {
    List<ZeroShotFinding> scored = new ArrayList<>();
    for (int from = 0; from < findings.size(); from += FINDINGS_AT_ONCE) {
      List<Finding> batch =
          findings.subList(from, Math.min(findings.size(), from + FINDINGS_AT_ONCE));
      double[] odds = logOdds(model, images, sentences(batch));
      for (int i = 0; i < odds.length; i++) {
        Finding finding = batch.get(i);
        scored.add(
            new ZeroShotFinding(
                finding,
                model.calibration().probability(finding.question(), odds[i]),
                model.calibration().isFittedFor(finding.question()),
                odds[i]));
      }
    }
    return scored;
  }

  /** Of each finding the sentence of its presence, then that of its absence. */
  public static List<String> sentences(List<Finding> findings) {
    return findings.stream()
        .flatMap(finding -> Stream.of(finding.presentSentence(), finding.absentSentence()))
        .toList();
  }

  private static double[] logOdds(
      ContrastiveModel model, List<BufferedImage> images, List<String> sentences) {
    double[] odds = new double[sentences.size() / 2];
    Arrays.fill(odds, Double.NEGATIVE_INFINITY);
    for (BufferedImage image : images) {
      float[] logits = model.logits(image, sentences);
      for (int i = 0; i < odds.length; i++) {
        odds[i] = Math.max(odds[i], logits[2 * i] - logits[2 * i + 1]);
      }
    }
    return odds;
  }

  /**
   * The generator's findings with a contrastive model's beside them, in the generator's order; see
   * {@link BesideFinding} for when and how both make one probability.
   *
   * @param generator the calibration of the generator's probabilities
   * @param zeroShot of the same findings
   * @param weight of the contrastive model, 0 (leave the generator's) to 1
   */
  public static List<BesideFinding> beside(
      List<ScoredFinding> generated,
      Calibration generator,
      List<ZeroShotFinding> zeroShot,
      double weight) {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("a weight is from 0 to 1, not " + weight);
    }
    Map<String, ZeroShotFinding> byId =
        zeroShot.stream().collect(Collectors.toMap(z -> z.finding().id(), Function.identity()));
    List<BesideFinding> beside = new ArrayList<>();
    for (ScoredFinding each : generated) {
      ZeroShotFinding other = byId.get(each.finding().id());
      if (other == null) {
        throw new IllegalArgumentException("no zero-shot score of " + each.finding().id());
      }
      boolean calibrated = generator.isFittedFor(each.finding().question());
      beside.add(BesideFinding.of(each, other, weight, calibrated));
    }
    return beside;
  }
}
