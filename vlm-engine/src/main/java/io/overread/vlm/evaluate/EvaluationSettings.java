package io.overread.vlm.evaluate;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What to evaluate on what.
 *
 * @param data folder with {@code records.jsonl} and the images that it names
 * @param model the model's folder
 * @param natives where native libraries are unpacked
 * @param split which records
 * @param reference JSON Lines of id, question and answer by another implementation
 */
public record EvaluationSettings(
    Path data, Path model, Path natives, Split split, Optional<Path> reference) {

  /** Which records are read. */
  public enum Split {
    /** Those that are kept from training. */
    DEV,
    /** Those that a model learns from. */
    TRAIN,
    /** Every one. */
    ALL;

    boolean holds(StatedRecord record) {
      return this == ALL || name().equalsIgnoreCase(record.split());
    }
  }
}
