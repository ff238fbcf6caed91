package io.overread.vlm.family;

import io.overread.vlm.model.ModelFolder;

/** LLaVA 1.5, and LLaVA-Med after conversion: what most have is what it has. */
final class Llava extends ModelFamily {

  Llava(ModelFolder folder) {
    super(folder);
  }

  @Override
  public String name() {
    return "LLaVA";
  }

  @Override
  public boolean known() {
    return true;
  }
}
