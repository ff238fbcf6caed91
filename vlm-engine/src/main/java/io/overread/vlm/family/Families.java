package io.overread.vlm.family;

import io.overread.vlm.model.ModelFolder;

/** The families that the engine knows, by the {@code model_type} of {@code config.json}. */
public final class Families {

  private Families() {}

  /** The family of a folder's model; one that is not known is read as LLaVA is. */
  public static ModelFamily of(ModelFolder folder) {
    return switch (folder.config().modelType()) {
      case "llava" -> new Llava(folder);
      default -> new ModelFamily(folder);
    };
  }
}
