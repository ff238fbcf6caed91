package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code input_ids} i64|i32 [batch, tokens] and, where it joins text and image itself, {@code
 * image_features} f32|f16 [rows, hidden] -> {@code inputs_embeds} f32|f16 [batch, tokens, hidden].
 */
public final class TokenEmbedding implements AutoCloseable {

  private static final String INPUT_IDS = "input_ids";
  private static final String IMAGE_FEATURES = "image_features";

  private final OnnxGraph graph;
  private final TensorInfo inputIds;
  private final @Nullable TensorInfo features;
  private final String embeddings;

  private TokenEmbedding(OnnxGraph graph) {
    this.graph = graph;
    this.inputIds = graph.requireInput(INPUT_IDS);
    this.features = graph.input(IMAGE_FEATURES);
    if (features != null && (features.getShape().length != 2 || features.getShape()[1] < 1)) {
      throw graph.malformed(IMAGE_FEATURES, "is not [rows, a stated hidden size]");
    }
    for (String name : graph.inputNames()) {
      if (!name.equals(INPUT_IDS) && !name.equals(IMAGE_FEATURES)) {
        throw graph.malformed(name, "this input is not known to the engine");
      }
    }
    this.embeddings = graph.outputNamed("inputs_embeds");
  }

  /** Opens the graph and checks its tensors. */
  public static TokenEmbedding open(OnnxRuntime runtime, Path file) {
    return Opening.closingOnFailure(runtime.open(file), TokenEmbedding::new);
  }

  /** Hidden size of the embeddings where the graph states it, otherwise -1. */
  public long hiddenSize() {
    long[] shape = graph.requireOutput(embeddings).getShape();
    return shape[shape.length - 1];
  }

  /** Whether the graph puts features in the place of image tokens. */
  public boolean joins() {
    return features != null;
  }

  /** One row of hidden size for each token, none of them an image's. */
  public float[] embed(int[] ids) {
    return embed(ids, new float[0]);
  }

  /**
   * One row of hidden size for each token; of a graph that {@linkplain #joins joins}, image tokens
   * replaced.
   *
   * @param rows the features of the image tokens, row after row
   */
  public float[] embed(int[] ids, float[] rows) {
    long[] wide = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      wide[i] = ids[i];
    }
    Map<String, OnnxTensor> feeds = new LinkedHashMap<>();
    try {
      feeds.put(INPUT_IDS, Tensors.integers(graph.environment(), wide, inputIds, 1, ids.length));
      if (features != null) {
        feeds.put(IMAGE_FEATURES, rows(features, rows));
      }
      try (OrtSession.Result result = graph.runNow(feeds, Set.of(embeddings))) {
        return Tensors.toFloats(Tensors.output(result, embeddings));
      }
    } finally {
      feeds.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor rows(TensorInfo as, float[] values) {
    long hidden = as.getShape()[1];
    return Tensors.floats(graph.environment(), values, as, values.length / hidden, hidden);
  }

  /** A token's embedding, left on a device; the caller closes it. */
  DeviceTensor embedOn(DeviceMemory device, int token) {
    try (OnnxTensor input =
            Tensors.integers(graph.environment(), new long[] {token}, inputIds, 1, 1);
        OnnxTensor none = features == null ? null : rows(features, new float[0]);
        IoBinding binding = new IoBinding(graph)) {
      binding.input(INPUT_IDS, input);
      if (none != null) {
        binding.input(IMAGE_FEATURES, none);
      }
      binding.output(embeddings, device);
      return java.util.Objects.requireNonNull(binding.run().get(embeddings));
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
