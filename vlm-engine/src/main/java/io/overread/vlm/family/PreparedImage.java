package io.overread.vlm.family;

import io.overread.vlm.image.PixelTensor;
import io.overread.vlm.onnx.HostTensor;
import java.util.Map;

/**
 * One picture as the vision encoder reads it.
 *
 * @param inputs {@code pixel_values} and what else the family's encoders take, by name
 * @param gridRows what the picture was cut into, from top to bottom, as its family counts; 0 where
 *     it is whole
 * @param gridColumns the same from left to right
 */
public record PreparedImage(Map<String, HostTensor> inputs, int gridRows, int gridColumns) {

  static final String PIXEL_VALUES = "pixel_values";

  /** Keeps its own copy. */
  public PreparedImage {
    inputs = Map.copyOf(inputs);
  }

  /** A picture that is one tensor [1, 3, height, width]. */
  static PreparedImage whole(PixelTensor pixels) {
    HostTensor tensor =
        new HostTensor.Floats(pixels.values(), 1, 3, pixels.height(), pixels.width());
    return new PreparedImage(Map.of(PIXEL_VALUES, tensor), 0, 0);
  }
}
