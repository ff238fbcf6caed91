package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * {@code pixel_values} f32|f16 [images, 3, height, width] -> {@code image_features} f32|f16
 * [images, rows, hidden] or [images * rows, hidden].
 */
public final class VisionEncoder implements AutoCloseable {

  private static final String PIXEL_VALUES = "pixel_values";

  private final OnnxGraph graph;
  private final TensorInfo pixelValues;
  private final String features;

  private VisionEncoder(OnnxGraph graph) {
    this.graph = graph;
    this.pixelValues = graph.requireInput(PIXEL_VALUES);
    if (pixelValues.getShape().length != 4) {
      throw graph.malformed(PIXEL_VALUES, "rank " + pixelValues.getShape().length + ", not 4");
    }
    for (String name : graph.inputNames()) {
      if (!name.equals(PIXEL_VALUES)) {
        throw graph.malformed(name, "this input is not known to the engine");
      }
    }
    this.features = graph.outputNamed("image_features");
  }

  /** Opens the graph and checks its tensors. */
  public static VisionEncoder open(OnnxRuntime runtime, Path file) {
    OnnxGraph graph = runtime.open(file);
    return Opening.closingOnFailure(graph, VisionEncoder::new);
  }

  /** Hidden size of the features where the graph states it, otherwise -1. */
  public long hiddenSize() {
    long[] shape = graph.requireOutput(features).getShape();
    return shape[shape.length - 1];
  }

  /** Whether the graph takes images of this size, in pixels. */
  public void requireSize(int height, int width) {
    long[] shape = pixelValues.getShape();
    if ((shape[2] > 0 && shape[2] != height) || (shape[3] > 0 && shape[3] != width)) {
      throw graph.malformed(
          PIXEL_VALUES,
          "wants " + shape[2] + "x" + shape[3] + ", preprocessing makes " + height + "x" + width);
    }
  }

  /**
   * Encodes images of one size.
   *
   * @param pixels image after image, each channel after channel, each row after row
   */
  public ImageFeatures encode(float[] pixels, int images, int height, int width) {
    try (OnnxTensor input =
            Tensors.floats(graph.environment(), pixels, pixelValues, images, 3, height, width);
        OrtSession.Result result = graph.run(Map.of(PIXEL_VALUES, input), Set.of(features), true)) {
      OnnxTensor output = Tensors.output(result, features);
      long[] shape = output.getInfo().getShape();
      int hidden = Math.toIntExact(shape[shape.length - 1]);
      float[] values = Tensors.toFloats(output);
      if (hidden < 1 || values.length == 0 || (values.length / hidden) % images != 0) {
        throw graph.malformed(features, "no equal number of rows for each of the images");
      }
      return new ImageFeatures(values, images, hidden);
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
