package io.overread.vlm.evaluate;

import io.overread.vlm.EngineSettings;
import io.overread.vlm.OnnxModel;
import io.overread.vlm.VisionLanguageModel;
import java.nio.file.Path;

/** Opens what a user names as the model: a folder, or a file that says where it runs. */
@FunctionalInterface
public interface ModelOpener {

  /** Folders in the hub layout, run here. */
  ModelOpener FOLDERS = OnnxModel::load;

  /**
   * Opens it.
   *
   * @param settings for a model that runs here
   * @throws io.overread.vlm.failure.EngineException if it can't be used
   */
  VisionLanguageModel open(Path model, EngineSettings settings);
}
