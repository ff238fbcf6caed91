package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.TensorInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Caches of several answers side by side, [rows, heads, capacity, dimension] for each layer, and
 * the memory that a run writes to. Every row is computed over the whole capacity, its unused part
 * masked: so what comes of a row depends on its own length alone, never on who else is in the
 * block.
 *
 * <p>Changed and run only in a turn.
 */
final class RowBlock implements AutoCloseable {

  /** The most tokens of one row that are run at once. */
  static final int MOST_TOKENS = 8;

  private final OnnxGraph graph;
  private final RowLayout layout;
  private final int capacity;
  private final int rows;
  private final int[] lengths;
  private final TokenSequence[] sequences;
  private final Arena arena = Arena.ofShared();
  private final Map<CacheLayer, MemorySegment> past = new HashMap<>();
  private final Map<CacheLayer, MemorySegment> present = new HashMap<>();
  private final MemorySegment logits;
  private int tokensRun = 1;

  RowBlock(OnnxGraph graph, RowLayout layout, int capacity, int rows) {
    this.graph = graph;
    this.layout = layout;
    this.capacity = capacity;
    this.rows = rows;
    this.lengths = new int[rows];
    this.sequences = new TokenSequence[rows];
    for (CacheLayer layer : layout.layers()) {
      // Zeroed: what is masked is still multiplied, and must be a number.
      long token = layer.heads() * layer.tokenBytes();
      past.put(layer, arena.allocate(token * capacity * rows, Long.BYTES));
      if (!layout.inPlace()) {
        long most = Math.max((long) rows * (capacity + 1), capacity + MOST_TOKENS);
        present.put(layer, arena.allocate(token * most, Long.BYTES));
      }
    }
    this.logits =
        arena.allocate(
            (long) Math.max(rows, MOST_TOKENS) * layout.vocabulary() * Float.BYTES, Long.BYTES);
  }

  int capacity() {
    return capacity;
  }

  int rows() {
    return rows;
  }

  int length(int row) {
    return lengths[row];
  }

  /** Says that so many more of the tokens that were run belong to the row; fewer, if negative. */
  void keep(int row, int tokens) {
    lengths[row] += tokens;
  }

  /** Makes a row of a cache with a single one. */
  void fill(int row, KeyValueCache cache) {
    cache
        .tensors()
        .forEach(
            (name, tensor) -> {
              CacheLayer layer = layer(name);
              MemorySegment from = MemorySegment.ofBuffer(tensor.getByteBuffer());
              copyHeads(layer, from, 0, cache.length(), row, cache.length());
            });
    lengths[row] = cache.length();
    sequences[row] = cache.sequence();
  }

  /** Makes a row of another block's. */
  void fill(int row, RowBlock other, int otherRow) {
    int length = other.lengths[otherRow];
    for (CacheLayer layer : layout.layers()) {
      long start = (long) otherRow * layer.heads() * other.capacity * layer.tokenBytes();
      copyHeads(layer, other.memory(layer), start, other.capacity, row, length);
    }
    lengths[row] = length;
    sequences[row] = other.sequences[otherRow];
  }

  /** From [heads, fromCapacity, dimension] at an offset to a row of this block. */
  private void copyHeads(
      CacheLayer layer, MemorySegment from, long offset, int fromCapacity, int row, int tokens) {
    MemorySegment to = memory(layer);
    long token = layer.tokenBytes();
    for (int head = 0; head < layer.heads(); head++) {
      long target = ((long) row * layer.heads() + head) * capacity * token;
      MemorySegment.copy(from, offset + head * fromCapacity * token, to, target, tokens * token);
    }
  }

  /**
   * Runs the same number of tokens of neighbouring rows. Their keys and values are in the rows
   * afterwards, and count once they are {@linkplain #keep kept}.
   *
   * @param embeds [count, tokens, hidden]
   */
  void run(int from, int count, int tokens, float[] embeds) {
    Map<String, OnnxTensor> feeds = new LinkedHashMap<>();
    Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
    try {
      int hidden = embeds.length / (count * tokens);
      TensorInfo as = graph.requireInput("inputs_embeds");
      feeds.put(
          "inputs_embeds", Tensors.floats(graph.environment(), embeds, as, count, tokens, hidden));
      addMask(feeds, from, count, tokens);
      for (CacheLayer layer : layout.layers()) {
        OnnxTensor cache = tensor(layer, memory(layer), from, count, capacity);
        feeds.put(layer.past(), cache);
        outputs.put(
            layer.present(),
            layout.inPlace() ? cache : tensor(layer, written(layer), 0, count, capacity + tokens));
      }
      outputs.put("logits", scores(count, tokens));
      graph.runInto(feeds, outputs);
    } finally {
      feeds.values().forEach(OnnxTensor::close);
      outputs.values().stream().filter(output -> !output.isClosed()).forEach(OnnxTensor::close);
    }
    tokensRun = tokens;
    if (!layout.inPlace()) {
      takeOver(from, count, tokens);
    }
  }

  private void addMask(Map<String, OnnxTensor> feeds, int from, int count, int tokens) {
    int longest = Arrays.stream(lengths, from, from + count).max().orElseThrow();
    int width = (layout.inPlace() ? longest : capacity) + tokens;
    long[] mask = new long[count * width];
    for (int i = 0; i < count; i++) {
      int length = lengths[from + i];
      int start = i * width;
      int news = layout.inPlace() ? start + length : start + width - tokens;
      Arrays.fill(mask, start, start + length, 1);
      Arrays.fill(mask, news, news + tokens, 1);
    }
    addIntegers(feeds, "attention_mask", mask, count, width);
    TensorInfo positions = graph.input("position_ids");
    if (positions != null) {
      feeds.put("position_ids", positions(positions, from, count, tokens));
    }
    if (layout.keep() != null) {
      boolean scalar = graph.requireInput(layout.keep()).getShape().length == 0;
      addIntegers(feeds, layout.keep(), new long[] {tokens}, scalar ? new long[0] : new long[] {1});
    }
  }

  /** [rows, tokens], or that for each axis. */
  private OnnxTensor positions(TensorInfo as, int from, int count, int tokens) {
    boolean flat = as.getShape().length == 2;
    int axes = flat ? 1 : as.getShape()[0] > 0 ? Math.toIntExact(as.getShape()[0]) : 3;
    long[] ids = new long[axes * count * tokens];
    for (int i = 0; i < ids.length; i++) {
      int row = from + i / tokens % count;
      ids[i] = sequences[row].position(i / (count * tokens), lengths[row] + i % tokens);
    }
    long[] shape = flat ? new long[] {count, tokens} : new long[] {axes, count, tokens};
    return Tensors.integers(graph.environment(), ids, as, shape);
  }

  private void addIntegers(
      Map<String, OnnxTensor> feeds, String name, long[] values, long... shape) {
    feeds.put(name, Tensors.integers(graph.environment(), values, graph.requireInput(name), shape));
  }

  /** The scores after a token of the last run. */
  float[] logits(int rowOfRun, int token) {
    long start = (long) (rowOfRun * tokensRun + token) * layout.vocabulary() * Float.BYTES;
    return logits
        .asSlice(start, (long) layout.vocabulary() * Float.BYTES)
        .toArray(ValueLayout.JAVA_FLOAT);
  }

  /** Copies what a run wrote behind the capacity to where it belongs. */
  private void takeOver(int from, int count, int tokens) {
    for (CacheLayer layer : layout.layers()) {
      long token = layer.tokenBytes();
      for (int i = 0; i < count; i++) {
        int room = Math.min(tokens, capacity - lengths[from + i]);
        for (int head = 0; head < layer.heads(); head++) {
          long source =
              (((long) i * layer.heads() + head) * (capacity + tokens) + capacity) * token;
          long target =
              (((long) (from + i) * layer.heads() + head) * capacity + lengths[from + i]) * token;
          MemorySegment.copy(written(layer), source, memory(layer), target, room * token);
        }
      }
    }
  }

  private OnnxTensor scores(int count, int tokens) {
    long bytes = (long) count * tokens * layout.vocabulary() * Float.BYTES;
    return Tensors.raw(
        graph.environment(),
        logits.asSlice(0, bytes).asByteBuffer().order(ByteOrder.nativeOrder()),
        graph.requireOutput("logits").type,
        count,
        tokens,
        layout.vocabulary());
  }

  private OnnxTensor tensor(
      CacheLayer layer, MemorySegment memory, int from, int count, int tokens) {
    long row = layer.heads() * tokens * layer.tokenBytes();
    return Tensors.raw(
        graph.environment(),
        memory.asSlice(from * row, count * row).asByteBuffer().order(ByteOrder.nativeOrder()),
        layer.type(),
        count,
        layer.heads(),
        tokens,
        layer.dimension());
  }

  private CacheLayer layer(String past) {
    return layout.layers().stream()
        .filter(layer -> layer.past().equals(past))
        .findFirst()
        .orElseThrow();
  }

  private MemorySegment memory(CacheLayer layer) {
    return java.util.Objects.requireNonNull(past.get(layer));
  }

  private MemorySegment written(CacheLayer layer) {
    return java.util.Objects.requireNonNull(present.get(layer));
  }

  @Override
  public void close() {
    arena.close();
  }
}
