package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxTensor;
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
import java.util.Optional;
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

  /** How answers can be rows of one memory; empty of a decoder that does not let them. */
  Optional<RowLayout> rowLayout(boolean inPlace) {
    return RowLayout.of(graph, inputs, presentByPast, inPlace);
  }

  OnnxGraph graph() {
    return graph;
  }

  /** Names of outputs by the inputs that take them in at the next step. */
  Map<String, String> presentByPast() {
    return presentByPast;
  }

  /** What one more token needs beside its embedding and the past; the caller closes them. */
  Map<String, OnnxTensor> feedsWithoutEmbeddings(KeyValueCache past) {
    Map<String, OnnxTensor> feeds = inputs.feeds(new float[] {0}, 1, past, 1);
    OnnxTensor embeds = feeds.remove(EMBEDS);
    if (embeds != null) {
      embeds.close();
    }
    return feeds;
  }

  /** Hidden size where the graph states it, otherwise -1. */
  public long hiddenSize() {
    return graph.requireInput(EMBEDS).getShape()[2];
  }

  /** Vocabulary where the graph states it, otherwise -1. */
  public long vocabulary() {
    return graph.requireOutput(LOGITS).getShape()[2];
  }

  /** What a cache of so many tokens takes, in bytes. */
  public long cacheBytes(int tokens) {
    long bytes = 0;
    for (String name : presentByPast.keySet()) {
      long[] shape = inputs.pastShape(name, 1, tokens);
      bytes += shape[1] * shape[2] * shape[3] * graph.requireInput(name).type.size;
    }
    return bytes;
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
    int batch = past.batch();
    Map<String, OnnxTensor> own = inputs.feeds(embeds, tokens, past, keep);
    Map<String, OnnxTensor> feeds = withPast(own, past);
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
        Logits scores = scores(logits, batch);
        HeldSequence held = begun ? past.held().held() : begun(past.sequence(), present);
        return new DecoderStep(
            scores,
            new KeyValueCache(
                graph.environment(), present, null, batch, past.length() + tokens, held));
      } catch (RuntimeException e) {
        present.values().forEach(OnnxTensor::close);
        throw e;
      }
    } finally {
      own.values().forEach(OnnxTensor::close);
    }
  }

  /**
   * As {@link #run}, of sequences that end here: no cache is made of them, and each layer's memory
   * is the next one's.
   */
  public Logits scores(float[] embeds, int tokens, KeyValueCache past, int keep, boolean shrink) {
    Map<String, OnnxTensor> own = inputs.feeds(embeds, tokens, past, keep);
    try (OrtSession.Result result = graph.run(withPast(own, past), Set.of(LOGITS), shrink)) {
      return scores(Tensors.output(result, LOGITS), past.batch());
    } finally {
      own.values().forEach(OnnxTensor::close);
    }
  }

  private static Map<String, OnnxTensor> withPast(Map<String, OnnxTensor> own, KeyValueCache past) {
    Map<String, OnnxTensor> feeds = new LinkedHashMap<>(past.tensors());
    feeds.putAll(past.held().tensors());
    feeds.putAll(own);
    return feeds;
  }

  private Logits scores(OnnxTensor logits, int batch) {
    long[] shape = logits.getInfo().getShape();
    if (shape.length != 3 || shape[0] != batch) {
      throw graph.malformed(LOGITS, "has shape " + Arrays.toString(shape));
    }
    return new Logits(Tensors.toFloats(logits), batch, Math.toIntExact(shape[1]));
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
