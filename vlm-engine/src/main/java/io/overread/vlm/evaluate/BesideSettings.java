package io.overread.vlm.evaluate;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A contrastive model to be measured beside the generator.
 *
 * @param folder its folder
 * @param weight of it, where both have calibrated probabilities, 0 to 1
 * @param fit where its {@code overread.json} is written with a calibration fitted on the findings
 *     that were read
 */
public record BesideSettings(Path folder, double weight, Optional<Path> fit) {

  /** Refuses what is no weight. */
  public BesideSettings {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("a weight is from 0 to 1, not " + weight);
    }
  }
}
