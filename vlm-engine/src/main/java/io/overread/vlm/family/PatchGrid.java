package io.overread.vlm.family;

import io.overread.vlm.model.ModelJson;

/** How many patches a vision encoder cuts its square picture into. */
final class PatchGrid {

  private PatchGrid() {}

  /** From {@code vision_config}, where no number is stated and the config tells; else -1. */
  static int patches(ModelJson config, int stated) {
    ModelJson vision = config.object("vision_config");
    if (stated > 0 || vision == null) {
      return stated;
    }
    int edge = vision.integer("image_size").orElse(-1);
    int patch = vision.integer("patch_size").orElse(-1);
    return edge > 0 && edge < 1 << 14 && patch > 0 ? (edge / patch) * (edge / patch) : -1;
  }
}
