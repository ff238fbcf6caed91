package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.overread.vlm.failure.ModelFormatException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code pixel_values} f32|f16 [images, 3, height, width] -> {@code image_features} f32|f16
 * [images, rows, hidden] or [images * rows, hidden] and, where the model's folder names it, a
 * second output f32 [images, findings, grid, grid] of the folder's own name.
 */
public final class VisionEncoder implements AutoCloseable {

  private static final String PIXEL_VALUES = "pixel_values";

  private final OnnxGraph graph;
  private final TensorInfo pixelValues;
  private final String features;
  private final @Nullable MapsOutput maps;
  private final Set<String> wanted = new LinkedHashSet<>();

  private VisionEncoder(OnnxGraph graph, @Nullable MapsOutput maps) {
    this.graph = graph;
    this.maps = maps;
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
    wanted.add(features);
    if (maps != null) {
      requireMaps(maps);
      wanted.add(maps.name());
    }
  }

  /**
   * Opens the graph and checks its tensors.
   *
   * @param maps the output that shows where findings are seen; null where there is none
   */
  public static VisionEncoder open(OnnxRuntime runtime, Path file, @Nullable MapsOutput maps) {
    return Opening.closingOnFailure(runtime.open(file), graph -> new VisionEncoder(graph, maps));
  }

  private void requireMaps(MapsOutput stated) {
    TensorInfo info = graph.requireOutput(stated.name());
    long[] shape = info.getShape();
    if (info.type != OnnxJavaType.FLOAT) {
      throw graph.malformed(stated.name(), "is " + info.type + ", finding maps are FLOAT");
    }
    boolean four = shape.length == 4;
    if (!four
        || (shape[1] > 0 && shape[1] != stated.findings())
        || (shape[2] > 0 && shape[3] > 0 && shape[2] != shape[3])) {
      throw notMaps(stated, shape);
    }
  }

  private ModelFormatException notMaps(MapsOutput stated, long[] shape) {
    return graph.malformed(
        stated.name(),
        "has shape "
            + Arrays.toString(shape)
            + ", the maps of "
            + stated.findings()
            + " findings are [images, "
            + stated.findings()
            + ", grid, grid]");
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
        OrtSession.Result result = graph.run(Map.of(PIXEL_VALUES, input), wanted, true)) {
      OnnxTensor output = Tensors.output(result, features);
      long[] shape = output.getInfo().getShape();
      int hidden = Math.toIntExact(shape[shape.length - 1]);
      float[] values = Tensors.toFloats(output);
      if (hidden < 1 || values.length == 0 || (values.length / hidden) % images != 0) {
        throw graph.malformed(features, "no equal number of rows for each of the images");
      }
      return new ImageFeatures(
          values, images, hidden, maps == null ? null : maps(result, maps, images));
    }
  }

  private FindingMaps maps(OrtSession.Result result, MapsOutput stated, int images) {
    OnnxTensor output = Tensors.output(result, stated.name());
    long[] shape = output.getInfo().getShape();
    if (shape.length != 4
        || shape[0] != images
        || shape[1] != stated.findings()
        || shape[2] < 1
        || shape[2] != shape[3]) {
      throw notMaps(stated, shape);
    }
    float[] values = Tensors.toFloats(output);
    for (float value : values) {
      if (!(value >= 0 && Float.isFinite(value))) {
        throw graph.malformed(stated.name(), "holds " + value + ", a response is never negative");
      }
    }
    return new FindingMaps(values, images, stated.findings(), Math.toIntExact(shape[2]));
  }

  @Override
  public void close() {
    graph.close();
  }
}
