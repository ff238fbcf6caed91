package io.overread.vlm.contrastive;

import io.overread.vlm.finding.Finding;

/**
 * What a contrastive model makes of a finding.
 *
 * @param finding what was looked for
 * @param probability by the model's calibration, 0..1; without one for this finding it ranks images
 *     and is no frequency
 * @param calibrated whether there is one for this finding
 * @param logOdds how much better the sentence that names the finding fits than the one that denies
 *     it
 */
public record ZeroShotFinding(
    Finding finding, double probability, boolean calibrated, double logOdds) {}
