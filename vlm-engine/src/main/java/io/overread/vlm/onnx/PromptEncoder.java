package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * {@code inputs_embeds} f32|f16 [1, tokens, hidden], {@code attention_mask} [1, tokens] -> {@code
 * last_hidden_state} [1, tokens, hidden]: the whole prompt read at once, for a decoder that then
 * looks at it.
 */
public final class PromptEncoder implements AutoCloseable {

  /** Inputs of a decoder that {@link #read} fills. */
  public static final Set<String> DECODER_INPUTS =
      Set.of("encoder_hidden_states", "encoder_attention_mask");

  private static final String EMBEDS = "inputs_embeds";
  private static final String MASK = "attention_mask";

  private final OnnxGraph graph;
  private final TensorInfo embeds;
  private final String states;

  private PromptEncoder(OnnxGraph graph) {
    this.graph = graph;
    this.embeds = graph.requireInput(EMBEDS);
    for (String name : graph.inputNames()) {
      if (!name.equals(EMBEDS) && !name.equals(MASK)) {
        throw graph.malformed(name, "this input is not known to the engine");
      }
    }
    this.states = graph.outputNamed("last_hidden_state");
  }

  /** Opens the graph and checks its tensors. */
  public static PromptEncoder open(OnnxRuntime runtime, Path file) {
    return Opening.closingOnFailure(runtime.open(file), PromptEncoder::new);
  }

  /**
   * Reads a prompt.
   *
   * @param prompt embeddings [tokens, hidden], image tokens replaced by features
   * @return the start of what the decoder will write about it
   */
  public TokenSequence read(float[] prompt, int tokens) {
    int hidden = prompt.length / tokens;
    Map<String, OnnxTensor> feeds = new LinkedHashMap<>();
    try {
      feeds.put(EMBEDS, Tensors.floats(graph.environment(), prompt, embeds, 1, tokens, hidden));
      TensorInfo mask = graph.input(MASK);
      if (mask != null) {
        feeds.put(MASK, Tensors.integers(graph.environment(), ones(tokens), mask, 1, tokens));
      }
      try (OrtSession.Result result = graph.run(feeds, Set.of(states), true)) {
        return new ReadPrompt(Tensors.toFloats(Tensors.output(result, states)), tokens);
      }
    } finally {
      feeds.values().forEach(OnnxTensor::close);
    }
  }

  private static long[] ones(int count) {
    long[] ones = new long[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Override
  public void close() {
    graph.close();
  }

  /** What the encoder made of a prompt, and an answer's positions. */
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  private record ReadPrompt(float[] states, int tokens) implements TokenSequence {

    @Override
    public long position(int axis, int index) {
      return index;
    }

    @Override
    public HostTensor input(String name, int batch, int from, int count) {
      if (batch != 1) {
        throw new IllegalStateException("answers to several prompts are no batch");
      }
      return switch (name) {
        case "encoder_hidden_states" ->
            new HostTensor.Floats(states, 1, tokens, states.length / tokens);
        case "encoder_attention_mask" -> new HostTensor.Integers(ones(tokens), 1, tokens);
        default -> throw new IllegalStateException("this sequence has no input " + name);
      };
    }
  }
}
