package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.overread.vlm.failure.ModelFormatException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * {@code pixel_values} f32|f16 [1, 3, height, width], {@code input_ids} i64|i32 [texts, tokens]
 * and, where the graph has them, {@code attention_mask} and {@code token_type_ids} of the same
 * shape -> {@code logits_per_image} f32|f16 [1, texts].
 */
public final class ContrastiveGraph implements AutoCloseable {

  private static final String PIXEL_VALUES = "pixel_values";
  private static final String INPUT_IDS = "input_ids";
  private static final String ATTENTION_MASK = "attention_mask";
  private static final String TOKEN_TYPE_IDS = "token_type_ids";
  private static final String LOGITS = "logits_per_image";
  private static final Set<String> KNOWN =
      Set.of(PIXEL_VALUES, INPUT_IDS, ATTENTION_MASK, TOKEN_TYPE_IDS);

  private final OnnxGraph graph;

  private ContrastiveGraph(OnnxGraph graph) {
    this.graph = graph;
    graph.requireInput(PIXEL_VALUES);
    graph.requireInput(INPUT_IDS);
    graph.requireOutput(LOGITS);
    for (String name : graph.inputNames()) {
      if (!KNOWN.contains(name)) {
        throw graph.malformed(name, "this input is not known to the engine");
      }
    }
  }

  /** Opens the graph and checks its tensors. */
  public static ContrastiveGraph open(OnnxRuntime runtime, Path file) {
    return Opening.closingOnFailure(runtime.open(file), ContrastiveGraph::new);
  }

  /**
   * How well each text fits one image, scaled as the model was trained.
   *
   * @param pixels channel after channel, each row after row
   * @param ids text after text, each of the same number of tokens
   * @param mask 1 for each token, 0 for what fills a short text up
   * @throws ModelFormatException if the graph gives another number of logits
   */
  public float[] logits(float[] pixels, int height, int width, long[] ids, long[] mask, int texts) {
    int tokens = ids.length / texts;
    Map<String, OnnxTensor> feeds = new LinkedHashMap<>();
    try {
      feeds.put(
          PIXEL_VALUES,
          Tensors.floats(
              graph.environment(), pixels, graph.requireInput(PIXEL_VALUES), 1, 3, height, width));
      feedText(feeds, INPUT_IDS, ids, texts, tokens);
      feedText(feeds, ATTENTION_MASK, mask, texts, tokens);
      feedText(feeds, TOKEN_TYPE_IDS, new long[ids.length], texts, tokens);
      try (OrtSession.Result result = graph.run(feeds, Set.of(LOGITS), true)) {
        float[] logits = Tensors.toFloats(Tensors.output(result, LOGITS));
        if (logits.length != texts) {
          throw graph.malformed(
              LOGITS,
              "has shape "
                  + Arrays.toString(Tensors.output(result, LOGITS).getInfo().getShape())
                  + " for one image and "
                  + texts
                  + " texts");
        }
        return logits;
      }
    } finally {
      feeds.values().forEach(OnnxTensor::close);
    }
  }

  private void feedText(
      Map<String, OnnxTensor> feeds, String name, long[] values, int texts, int tokens) {
    TensorInfo info = graph.input(name);
    if (info != null) {
      feeds.put(name, Tensors.integers(graph.environment(), values, info, texts, tokens));
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
