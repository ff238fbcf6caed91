package io.overread.vlm.family;

import io.overread.vlm.model.ModelFolder;

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
    return PatchGrid.patches(folder().settings().config(), super.mostImageTokens());
  }
}
