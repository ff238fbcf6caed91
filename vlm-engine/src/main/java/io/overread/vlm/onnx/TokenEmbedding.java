package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * {@code input_ids} i64|i32 [batch, tokens] -> {@code inputs_embeds} f32|f16 [batch, tokens,
 * hidden].
 */
public final class TokenEmbedding implements AutoCloseable {

  private static final String INPUT_IDS = "input_ids";

  private final OnnxGraph graph;
  private final TensorInfo inputIds;
  private final String embeddings;

  private TokenEmbedding(OnnxGraph graph) {
    this.graph = graph;
    this.inputIds = graph.requireInput(INPUT_IDS);
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

  /** One row of hidden size for each token. */
  public float[] embed(int[] ids) {
    long[] wide = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      wide[i] = ids[i];
    }
    try (OnnxTensor input = Tensors.integers(graph.environment(), wide, inputIds, 1, ids.length);
        OrtSession.Result result = graph.runNow(Map.of(INPUT_IDS, input), Set.of(embeddings))) {
      return Tensors.toFloats(Tensors.output(result, embeddings));
    }
  }

  /** A token's embedding, left on a device; the caller closes it. */
  DeviceTensor embedOn(DeviceMemory device, int token) {
    try (OnnxTensor input =
            Tensors.integers(graph.environment(), new long[] {token}, inputIds, 1, 1);
        IoBinding binding = new IoBinding(graph)) {
      binding.input(INPUT_IDS, input);
      binding.output(embeddings, device);
      return java.util.Objects.requireNonNull(binding.run().get(embeddings));
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
