package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.overread.vlm.failure.ModelFormatException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One picture at a time: {@code pixel_values} f32|f16, [1, 3, height, width] of most families, and
 * what else a family feeds -> {@code image_features} f32|f16 [tiles, rows, hidden] or [rows,
 * hidden] and, where the model's folder names it, a second output f32 [1, findings, grid, grid] of
 * the folder's own name.
 */
public final class VisionEncoder implements AutoCloseable {

  private static final String PIXEL_VALUES = "pixel_values";

  private final OnnxGraph graph;
  private final TensorInfo pixelValues;
  private final String features;
  private final VisionTensors tensors;
  private final Set<String> wanted = new LinkedHashSet<>();

  private VisionEncoder(OnnxGraph graph, VisionTensors tensors) {
    this.graph = graph;
    this.tensors = tensors;
    this.pixelValues = graph.requireInput(PIXEL_VALUES);
    for (String name : graph.inputNames()) {
      if (!name.equals(PIXEL_VALUES) && !tensors.inputs().contains(name)) {
        throw graph.malformed(name, "this input is not known to the engine");
      }
    }
    this.features = graph.outputNamed(tensors.features());
    wanted.add(features);
    tensors.outputs().stream().filter(graph.outputNames()::contains).forEach(wanted::add);
    if (tensors.maps() != null) {
      requireMaps(tensors.maps());
      wanted.add(tensors.maps().name());
    }
  }

  /** Opens the graph and checks its tensors. */
  public static VisionEncoder open(OnnxRuntime runtime, Path file, VisionTensors tensors) {
    return Opening.closingOnFailure(runtime.open(file), graph -> new VisionEncoder(graph, tensors));
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
    if (shape.length < 4) {
      throw graph.malformed(PIXEL_VALUES, "rank " + shape.length + ", not 4");
    }
    long wantedHeight = shape[shape.length - 2];
    long wantedWidth = shape[shape.length - 1];
    if ((wantedHeight > 0 && wantedHeight != height) || (wantedWidth > 0 && wantedWidth != width)) {
      throw graph.malformed(
          PIXEL_VALUES,
          "wants "
              + wantedHeight
              + "x"
              + wantedWidth
              + ", preprocessing makes "
              + height
              + "x"
              + width);
    }
  }

  /**
   * Encodes one picture.
   *
   * @param inputs {@code pixel_values} and what else the graph may take, by name; what it does not
   *     take is left out
   */
  public ImageFeatures encode(Map<String, HostTensor> inputs) {
    Map<String, OnnxTensor> feeds = new LinkedHashMap<>();
    try {
      for (String name : graph.inputNames()) {
        feeds.put(name, feed(name, inputs.get(name)));
      }
      try (OrtSession.Result result = graph.run(feeds, wanted, true)) {
        return features(result);
      }
    } finally {
      feeds.values().forEach(OnnxTensor::close);
    }
  }

  /** Some exports want one dimension more in front: the pictures of a batch. */
  private OnnxTensor feed(String name, @Nullable HostTensor given) {
    if (given == null) {
      throw graph.malformed(name, "the model's family does not fill this input");
    }
    TensorInfo info = graph.requireInput(name);
    long[] shape = given.shape();
    if (info.getShape().length == shape.length + 1) {
      long[] batched = new long[shape.length + 1];
      batched[0] = 1;
      System.arraycopy(shape, 0, batched, 1, shape.length);
      shape = batched;
    }
    requireShape(name, info.getShape(), shape);
    return Tensors.of(graph.environment(), given.reshaped(shape), info);
  }

  private void requireShape(String name, long[] wanted, long[] made) {
    boolean fits = wanted.length == made.length;
    for (int i = 0; fits && i < made.length; i++) {
      fits = wanted[i] < 1 || wanted[i] == made[i];
    }
    if (!fits) {
      throw graph.malformed(
          name,
          "wants " + Arrays.toString(wanted) + ", preprocessing makes " + Arrays.toString(made));
    }
  }

  private ImageFeatures features(OrtSession.Result result) {
    OnnxTensor output = Tensors.output(result, features);
    long[] shape = output.getInfo().getShape();
    int hidden = Math.toIntExact(shape[shape.length - 1]);
    float[] values = Tensors.toFloats(output);
    if (hidden < 1 || values.length == 0) {
      throw graph.malformed(features, "no rows for the picture");
    }
    Map<String, HostTensor> others = new LinkedHashMap<>();
    for (String name : tensors.outputs()) {
      if (wanted.contains(name)) {
        OnnxTensor other = Tensors.output(result, name);
        others.put(
            name, new HostTensor.Floats(Tensors.toFloats(other), other.getInfo().getShape()));
      }
    }
    MapsOutput maps = tensors.maps();
    return ImageFeatures.of(values, hidden, others, maps == null ? null : maps(result, maps));
  }

  private FindingMaps maps(OrtSession.Result result, MapsOutput stated) {
    OnnxTensor output = Tensors.output(result, stated.name());
    long[] shape = output.getInfo().getShape();
    if (shape.length != 4
        || shape[0] != 1
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
    return new FindingMaps(values, 1, stated.findings(), Math.toIntExact(shape[2]));
  }

  @Override
  public void close() {
    graph.close();
  }
}
