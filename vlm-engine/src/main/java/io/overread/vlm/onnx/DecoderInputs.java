package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.TensorInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which inputs a decoder has, and how each is filled. */
final class DecoderInputs {

  static final String PAST = "past_key_values.";

  private final OnnxGraph graph;
  private final CacheShape configured;
  private final Set<String> extras = new LinkedHashSet<>();
  private final List<String> pastNames = new ArrayList<>();
  private final TensorInfo embeds;
  private final @Nullable TensorInfo mask;
  private final @Nullable TensorInfo positions;
  private final @Nullable String keep;

  DecoderInputs(OnnxGraph graph, CacheShape configured, Set<String> fillable) {
    this.graph = graph;
    this.configured = configured;
    this.embeds = graph.requireInput("inputs_embeds");
    this.mask = graph.input("attention_mask");
    this.positions = graph.input("position_ids");
    this.keep =
        graph.input("num_logits_to_keep") != null
            ? "num_logits_to_keep"
            : graph.input("logits_to_keep") != null ? "logits_to_keep" : null;
    for (String name : graph.inputNames()) {
      checkKnown(name, fillable);
    }
    if (pastNames.isEmpty()) {
      throw graph.malformed(PAST + "0.key", "this input is missing: the decoder has no cache");
    }
    if (positions != null && positions.getShape().length != 2 && positions.getShape().length != 3) {
      throw graph.malformed("position_ids", "rank " + positions.getShape().length + ", not 2 or 3");
    }
  }

  private void checkKnown(String name, Set<String> fillable) {
    switch (name) {
      case "inputs_embeds", "attention_mask", "position_ids", "use_cache_branch" -> {}
      case "num_logits_to_keep", "logits_to_keep" -> {}
      default -> {
        if (fillable.contains(name)) {
          extras.add(name);
          return;
        }
        if (!name.startsWith(PAST)) {
          throw graph.malformed(name, "this input is not known to the engine");
        }
        pastShape(name, 1, 0);
        pastNames.add(name);
      }
    }
  }

  List<String> pastNames() {
    return pastNames;
  }

  boolean choosesPositions() {
    return keep != null;
  }

  /** The shape of a past tensor: the graph's own numbers, then the configuration's. */
  long[] pastShape(String name, int batch, int length) {
    long[] stated = graph.requireInput(name).getShape();
    if (stated.length != 4) {
      throw graph.malformed(name, "has shape " + Arrays.toString(stated) + ", not four dimensions");
    }
    long heads = stated[1] > 0 ? stated[1] : configured.heads();
    long dimension = stated[3] > 0 ? stated[3] : configured.headDimension();
    if (heads < 1 || dimension < 1) {
      throw graph.malformed(name, "neither the graph nor config.json says how large it is");
    }
    return new long[] {batch, heads, length, dimension};
  }

  /** Every input but the past; the caller closes them. */
  Map<String, OnnxTensor> feeds(
      float[] values, int tokens, KeyValueCache cache, int positionsKept) {
    OrtEnvironment environment = graph.environment();
    int batch = cache.batch();
    int past = cache.length();
    Map<String, OnnxTensor> feeds = new LinkedHashMap<>();
    int hidden = values.length / (batch * tokens);
    feeds.put("inputs_embeds", Tensors.floats(environment, values, embeds, batch, tokens, hidden));
    if (mask != null) {
      // All ones, padding on the right included: nothing that is read attends to what follows it,
      // and grouped-query kernels take the mask's sum for the row's length.
      long[] ones = new long[batch * (past + tokens)];
      Arrays.fill(ones, 1);
      feeds.put("attention_mask", Tensors.integers(environment, ones, mask, batch, past + tokens));
    }
    if (positions != null) {
      HostTensor ids = positions(positions.getShape(), tokens, cache);
      feeds.put("position_ids", Tensors.of(environment, ids, positions));
    }
    for (String name : extras) {
      HostTensor extra = cache.sequence().input(name, batch, past, tokens);
      feeds.put(name, Tensors.of(environment, extra, graph.requireInput(name)));
    }
    if (keep != null) {
      feeds.put(keep, scalar(keep, positionsKept));
    }
    if (graph.input("use_cache_branch") != null) {
      feeds.put("use_cache_branch", scalar("use_cache_branch", past > 0 ? 1 : 0));
    }
    return feeds;
  }

  private static HostTensor positions(long[] stated, int tokens, KeyValueCache cache) {
    boolean flat = stated.length == 2;
    int axes = flat ? 1 : stated[0] > 0 ? Math.toIntExact(stated[0]) : 3;
    int batch = cache.batch();
    long[] ids = new long[axes * batch * tokens];
    for (int i = 0; i < ids.length; i++) {
      int axis = i / (batch * tokens);
      ids[i] = cache.sequence().position(axis, cache.length() + i % tokens);
    }
    return flat
        ? new HostTensor.Integers(ids, batch, tokens)
        : new HostTensor.Integers(ids, axes, batch, tokens);
  }

  private OnnxTensor scalar(String name, long value) {
    TensorInfo info = graph.requireInput(name);
    long[] shape = info.getShape().length == 0 ? new long[0] : new long[] {1};
    return Tensors.integers(graph.environment(), new long[] {value}, info, shape);
  }
}
