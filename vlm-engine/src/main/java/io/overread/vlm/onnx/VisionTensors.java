package io.overread.vlm.onnx;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may go in and out of a vision encoder beside pixels and features.
 *
 * @param inputs names of inputs that can be filled beside {@code pixel_values}
 * @param outputs names of outputs that are read, where the graph has them, beside the features
 * @param maps the output that shows where findings are seen; null where there is none
 */
public record VisionTensors(Set<String> inputs, Set<String> outputs, @Nullable MapsOutput maps) {

  /** Keeps its own copies. */
  public VisionTensors {
    inputs = Set.copyOf(inputs);
    outputs = Set.copyOf(outputs);
  }
}
