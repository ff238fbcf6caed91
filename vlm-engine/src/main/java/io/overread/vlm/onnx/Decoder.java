package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code inputs_embeds} [B, S, hidden], {@code past_key_values.N.key|value} [B, heads, P, D] and,
 * where the graph has them, {@code attention_mask} [B, P+S], {@code position_ids} [B, S] or [axes,
 * B, S], {@code num_logits_to_keep}, {@code use_cache_branch} and what else its family feeds ->
 * {@code logits} [B, S or fewer, vocabulary], {@code present.N.key|value} [B, heads, P+S, D].
 */
public final class Decoder implements AutoCloseable {

  private static final String EMBEDS = "inputs_embeds";
  private static final String LOGITS = "logits";
  private static final String ENCODER = ".encoder.";

  private final OnnxGraph graph;
  private final DecoderInputs inputs;
  private final Map<String, String> presentByPast;
  private final Set<String> wanted;

  /** Past inputs that the first run of a sequence makes and no later one changes. */
  private final List<String> encoded;

  private Decoder(OnnxGraph graph, CacheShape configured, Set<String> extras) {
    this.graph = graph;
    this.inputs = new DecoderInputs(graph, configured, extras);
    graph.requireOutput(LOGITS);
    this.presentByPast = presents(graph, inputs);
    this.wanted = new LinkedHashSet<>(presentByPast.values());
    this.wanted.add(LOGITS);
    this.encoded = presentByPast.keySet().stream().filter(n -> n.contains(ENCODER)).toList();
  }

  /**
   * Opens the graph and checks its tensors.
   *
   * @param extras names of inputs that its sequences can fill, see {@link TokenSequence#input}
   */
  public static Decoder open(
      OnnxRuntime runtime, Path file, CacheShape configured, Set<String> extras) {
    return Opening.closingOnFailure(
        runtime.open(file), graph -> new Decoder(graph, configured, extras));
  }

  /** Whether the number of positions that get logits can be chosen. */
  public boolean choosesPositions() {
    return inputs.choosesPositions();
  }

  /** Whether the graph has an input of this name. */
  public boolean takes(String input) {
    return graph.input(input) != null;
  }

  /** Hidden size where the graph states it, otherwise -1. */
  public long hiddenSize() {
    return graph.requireInput(EMBEDS).getShape()[2];
  }

  /** Vocabulary where the graph states it, otherwise -1. */
  public long vocabulary() {
    return graph.requireOutput(LOGITS).getShape()[2];
  }

  /** A cache of no tokens, in front of a sequence. */
  public KeyValueCache empty(TokenSequence sequence) {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    for (String name : presentByPast.keySet()) {
      TensorInfo info = graph.requireInput(name);
      ByteBuffer none = ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder());
      tensors.put(
          name, Tensors.raw(graph.environment(), none, info.type, inputs.pastShape(name, 1, 0)));
    }
    Map<String, OnnxTensor> lasting = new LinkedHashMap<>();
    sequence
        .lasting()
        .forEach(
            (name, tensor) -> {
              TensorInfo info = graph.input(name);
              if (info != null) {
                lasting.put(name, Tensors.of(graph.environment(), tensor, info));
              }
            });
    HeldSequence held = new HeldSequence(sequence, lasting, null);
    return new KeyValueCache(graph.environment(), tensors, null, 1, 0, held);
  }

  /**
   * Runs the tokens that follow the past, every row of the batch the same number.
   *
   * @param embeds [batch, tokens, hidden], the batch as in the past
   * @param keep how many of the last positions need logits; graphs that cannot choose give all
   * @param shrink whether the arena gives back its free memory afterwards
   */
  public DecoderStep run(float[] embeds, int tokens, KeyValueCache past, int keep, boolean shrink) {
    OrtEnvironment environment = graph.environment();
    int batch = past.batch();
    Map<String, OnnxTensor> feeds = new LinkedHashMap<>(past.tensors());
    feeds.putAll(past.held().tensors());
    Map<String, OnnxTensor> own = inputs.feeds(embeds, tokens, past, keep);
    feeds.putAll(own);
    boolean begun = past.held().tensors().keySet().containsAll(encoded);
    try {
      Map<String, String> made = new LinkedHashMap<>(presentByPast);
      Set<String> outputs = new LinkedHashSet<>(wanted);
      if (begun) {
        encoded.forEach(name -> outputs.remove(made.remove(name)));
      }
      OrtSession.Result result = graph.run(feeds, outputs, shrink);
      Map<String, OnnxTensor> present = new LinkedHashMap<>();
      made.forEach((name, output) -> present.put(name, Tensors.output(result, output)));
      try (OnnxTensor logits = Tensors.output(result, LOGITS)) {
        long[] shape = logits.getInfo().getShape();
        if (shape.length != 3 || shape[0] != batch) {
          throw graph.malformed(LOGITS, "has shape " + Arrays.toString(shape));
        }
        Logits scores = new Logits(Tensors.toFloats(logits), batch, Math.toIntExact(shape[1]));
        HeldSequence held = begun ? past.held().held() : begun(past.sequence(), present);
        return new DecoderStep(
            scores,
            new KeyValueCache(environment, present, null, batch, past.length() + tokens, held));
      } catch (RuntimeException e) {
        present.values().forEach(OnnxTensor::close);
        throw e;
      }
    } finally {
      own.values().forEach(OnnxTensor::close);
    }
  }

  /** Takes out of the present what stays the same from now on. */
  private HeldSequence begun(TokenSequence sequence, Map<String, OnnxTensor> present) {
    Map<String, OnnxTensor> lasting = new LinkedHashMap<>();
    for (String name : encoded) {
      OnnxTensor tensor = present.remove(name);
      if (tensor != null) {
        lasting.put(name, tensor);
      }
    }
    return new HeldSequence(sequence, lasting, null);
  }

  private static Map<String, String> presents(OnnxGraph graph, DecoderInputs inputs) {
    Map<String, String> presents = new LinkedHashMap<>();
    for (String past : inputs.pastNames()) {
      String layer = past.substring(DecoderInputs.PAST.length());
      String present = "present." + layer;
      String alternative = "present_key_values." + layer;
      boolean renamed =
          !graph.outputNames().contains(present) && graph.outputNames().contains(alternative);
      String output = renamed ? alternative : present;
      graph.requireOutput(output);
      presents.put(past, output);
    }
    return presents;
  }

  @Override
  public void close() {
    graph.close();
  }
}
