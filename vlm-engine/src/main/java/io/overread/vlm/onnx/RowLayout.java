package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder must look like for answers to be rows of one memory: a mask that says which tokens
 * of a row count, and nothing that the engine would have to make up.
 *
 * @param positionAxes numbers that a token's position is
 * @param inPlace whether the decoder writes new keys and values into the cache that it reads
 * @param keep the input that chooses how many positions get logits; null of a graph without
 */
record RowLayout(
    List<CacheLayer> layers,
    int hidden,
    int vocabulary,
    int positionAxes,
    boolean inPlace,
    @Nullable String keep) {

  private static final List<String> KNOWN =
      List.of("inputs_embeds", "attention_mask", "position_ids", "num_logits_to_keep");

  /** Empty of a decoder whose rows can't be told apart by a mask. */
  static Optional<RowLayout> of(
      OnnxGraph graph, DecoderInputs inputs, Map<String, String> presentByPast, boolean inPlace) {
    List<CacheLayer> layers = new ArrayList<>();
    for (String name : graph.inputNames()) {
      String present = presentByPast.get(name);
      if (present != null) {
        long[] shape = inputs.pastShape(name, 1, 0);
        layers.add(
            new CacheLayer(
                name, present, graph.requireInput(name).type, (int) shape[1], (int) shape[3]));
      } else if (!KNOWN.contains(name)) {
        return Optional.empty();
      }
    }
    TensorInfo logits = graph.requireOutput("logits");
    long vocabulary = logits.getShape()[2];
    long hidden = graph.requireInput("inputs_embeds").getShape()[2];
    boolean usable =
        hidden > 0
            && is(graph, "inputs_embeds", OnnxJavaType.FLOAT, 3)
            && is(graph, "attention_mask", OnnxJavaType.INT64, 2)
            && (graph.input("position_ids") == null
                || is(graph, "position_ids", OnnxJavaType.INT64, 2)
                || is(graph, "position_ids", OnnxJavaType.INT64, 3))
            && logits.type == OnnxJavaType.FLOAT
            && vocabulary > 0;
    if (!usable) {
      return Optional.empty();
    }
    String keep = graph.input("num_logits_to_keep") == null ? null : "num_logits_to_keep";
    return Optional.of(
        new RowLayout(
            layers,
            Math.toIntExact(hidden),
            Math.toIntExact(vocabulary),
            positionAxes(graph.input("position_ids")),
            inPlace,
            keep));
  }

  private static int positionAxes(@Nullable TensorInfo positions) {
    if (positions == null || positions.getShape().length == 2) {
      return 1;
    }
    return positions.getShape()[0] > 0 ? Math.toIntExact(positions.getShape()[0]) : 3;
  }

  private static boolean is(OnnxGraph graph, String name, OnnxJavaType type, int rank) {
    TensorInfo info = graph.input(name);
    return info != null && info.type == type && info.getShape().length == rank;
  }
}
