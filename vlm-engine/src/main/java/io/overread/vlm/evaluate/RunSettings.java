package io.overread.vlm.evaluate;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a run is made.
 *
 * @param opener opens the model
 * @param resume file to which every finished image is written at once, and from which a run that
 *     was broken off goes on
 * @param progress is told how far it is
 * @param beside a contrastive model to be measured beside it
 */
public record RunSettings(
    ModelOpener opener, Optional<Path> resume, Progress progress, Optional<BesideSettings> beside) {

  /** Of the generator alone. */
  public RunSettings(ModelOpener opener, Optional<Path> resume, Progress progress) {
    this(opener, resume, progress, Optional.empty());
  }

  /** Of a model's folder, to be made in one go. */
  static RunSettings plain(Consumer<String> progress) {
    return new RunSettings(ModelOpener.FOLDERS, Optional.empty(), Progress.lines(progress));
  }
}
