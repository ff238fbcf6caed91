package io.overread.vlm.family;

import io.overread.vlm.image.TargetSize;
import io.overread.vlm.model.ModelFolder;
import org.jspecify.annotations.Nullable;

/** A family that reads a picture as tiles: their size is fixed, not how many there are. */
abstract class TiledFamily extends ModelFamily {

  TiledFamily(ModelFolder folder) {
    super(folder);
  }

  @Override
  public final TargetSize.@Nullable Exact fixedSize() {
    return null;
  }

  @Override
  public final boolean keepsRelativePlaces() {
    return false;
  }
}
