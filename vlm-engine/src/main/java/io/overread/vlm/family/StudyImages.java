package io.overread.vlm.family;

import io.overread.vlm.onnx.ImageFeatures;
import java.util.List;

/**
 * A study's images after the vision encoder.
 *
 * @param features what the encoder made of them
 * @param layouts how each lies in a prompt
 */
public record StudyImages(ImageFeatures features, List<ImageLayout> layouts) {

  /** Keeps its own copy. */
  public StudyImages {
    layouts = List.copyOf(layouts);
  }
}
