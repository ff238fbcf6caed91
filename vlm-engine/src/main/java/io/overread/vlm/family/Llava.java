package io.overread.vlm.family;

import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.model.ModelJson;

/**
 * LLaVA 1.5, LLaVA-Med after conversion, and LLaVA-OneVision as it is exported: what most families
 * have is what they have. OneVision was trained on tiles too, each line of them ended by a vector
 * that no published graph holds; its exports see the one view of the whole image.
 */
final class Llava extends ModelFamily {

  private final String name;

  Llava(ModelFolder folder, String name) {
    super(folder);
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean known() {
    return true;
  }

  /** OneVision's folders do not state it: a token a patch. */
  @Override
  public int mostImageTokens() {
    int stated = super.mostImageTokens();
    ModelJson vision = folder().settings().config().object("vision_config");
    if (stated > 0 || vision == null) {
      return stated;
    }
    int edge = vision.integer("image_size").orElse(-1);
    int patch = vision.integer("patch_size").orElse(-1);
    return edge > 0 && patch > 0 ? (edge / patch) * (edge / patch) : -1;
  }
}
