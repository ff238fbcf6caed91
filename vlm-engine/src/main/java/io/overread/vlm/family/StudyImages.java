package io.overread.vlm.family;

import io.overread.vlm.image.TargetSize;
import io.overread.vlm.onnx.ImageFeatures;
import java.util.List;

/**
 * A study's images after the vision encoder.
 *
 * @param features what the encoder made of them
 * @param layouts how each lies in a prompt
 * @param pictures the size of each as it came
 */
public record StudyImages(
    ImageFeatures features, List<ImageLayout> layouts, List<TargetSize.Exact> pictures) {

  /** Keeps its own copies. */
  public StudyImages {
    layouts = List.copyOf(layouts);
    pictures = List.copyOf(pictures);
  }
}
