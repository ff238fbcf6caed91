package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.TensorInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Caches of several answers side by side, [rows, heads, capacity, dimension] for each layer, and
 * the memory that a run reads and writes. Every row is computed over the whole capacity, its unused
 * part masked: so what comes of a row depends on its own length alone, never on who else is in the
 * block.
 *
 * <p>Changed and run only in a turn.
 */
final class RowBlock implements AutoCloseable {

  /** The most tokens of one row that are run at once. */
  static final int MOST_TOKENS = 8;

  private static final String MASK = "attention_mask";

  /** Wide vector loads that straddle a cache line take twice as long. */
  private static final long LINE_BYTES = 64;

  /** Addresses equal up to these fall into the same cache sets. */
  private static final long PAGE_BYTES = 4096;

  /** So layers' memory, whose sizes are mostly whole pages, starts somewhere else in each. */
  private static final long APART_BYTES = 13 * LINE_BYTES;

  /** Shapes whose tensors are kept; answers under way together have one for a while. */
  private static final int MOST_SHAPES = 16;

  private final OnnxGraph graph;
  private final RowLayout layout;
  private final List<CacheLayer> layers;
  private final int capacity;
  private final int rows;
  private final int[] lengths;
  private final TokenSequence[] sequences;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment[] past;
  private final MemorySegment[] present;
  private final MemorySegment embeds;
  private final MemorySegment mask;
  private final MemorySegment positions;
  private final MemorySegment logits;
  private final SequencedMap<RowRun.Shape, RowRun> runs = new LinkedHashMap<>();
  private long inPage;
  private int tokensRun = 1;

  RowBlock(OnnxGraph graph, RowLayout layout, int capacity, int rows) {
    this.graph = graph;
    this.layout = layout;
    this.layers = layout.layers();
    this.capacity = capacity;
    this.rows = rows;
    this.lengths = new int[rows];
    this.sequences = new TokenSequence[rows];
    this.past = new MemorySegment[layers.size()];
    this.present = new MemorySegment[layout.inPlace() ? 0 : layers.size()];
    int mostTokens = Math.max(rows, MOST_TOKENS);
    for (int i = 0; i < past.length; i++) {
      // Zeroed: what is masked is still multiplied, and must be a number.
      long token = layers.get(i).heads() * layers.get(i).tokenBytes();
      past[i] = allocate(token * capacity * rows);
      if (!layout.inPlace()) {
        long most = Math.max((long) rows * (capacity + 1), capacity + MOST_TOKENS);
        present[i] = allocate(token * most);
      }
    }
    this.embeds = allocate((long) mostTokens * layout.hidden() * Float.BYTES);
    this.mask = allocate(((long) rows * (capacity + 1) + MOST_TOKENS) * Long.BYTES);
    this.positions = allocate((long) layout.positionAxes() * mostTokens * Long.BYTES);
    this.logits = allocate((long) mostTokens * layout.vocabulary() * Float.BYTES);
  }

  private MemorySegment allocate(long bytes) {
    inPage = (inPage + APART_BYTES) % PAGE_BYTES;
    return arena.allocate(inPage + bytes, LINE_BYTES).asSlice(inPage);
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
    for (int i = 0; i < past.length; i++) {
      OnnxTensor tensor =
          java.util.Objects.requireNonNull(cache.tensors().get(layers.get(i).past()));
      MemorySegment from = MemorySegment.ofBuffer(tensor.getByteBuffer());
      copyHeads(i, from, 0, cache.length(), row, cache.length());
    }
    lengths[row] = cache.length();
    sequences[row] = cache.sequence();
  }

  /** Makes a row of another block's. */
  void fill(int row, RowBlock other, int otherRow) {
    int length = other.lengths[otherRow];
    for (int i = 0; i < past.length; i++) {
      CacheLayer layer = layers.get(i);
      long start = (long) otherRow * layer.heads() * other.capacity * layer.tokenBytes();
      copyHeads(i, other.past[i], start, other.capacity, row, length);
    }
    lengths[row] = length;
    sequences[row] = other.sequences[otherRow];
  }

  /** From [heads, fromCapacity, dimension] at an offset to a row of this block. */
  private void copyHeads(
      int at, MemorySegment from, long offset, int fromCapacity, int row, int tokens) {
    int heads = layers.get(at).heads();
    long token = layers.get(at).tokenBytes();
    for (int head = 0; head < heads; head++) {
      long target = ((long) row * heads + head) * capacity * token;
      MemorySegment.copy(
          from, offset + head * fromCapacity * token, past[at], target, tokens * token);
    }
  }

  /**
   * Runs the same number of tokens of neighbouring rows. Their keys and values are in the rows
   * afterwards, and count once they are {@linkplain #keep kept}.
   *
   * @param embedded [count, tokens, hidden]
   */
  void run(int from, int count, int tokens, float[] embedded) {
    RowRun.Shape shape = new RowRun.Shape(from, count, tokens);
    MemorySegment.copy(embedded, 0, embeds, ValueLayout.JAVA_FLOAT, 0, embedded.length);
    writePositions(shape);
    RowRun run = prepared(shape);
    try (OnnxTensor masked = mask(shape)) {
      run.feeds().put(MASK, masked);
      graph.runInto(run.feeds(), run.outputs());
    } finally {
      run.feeds().remove(MASK);
    }
    tokensRun = tokens;
    if (!layout.inPlace()) {
      takeOver(from, count, tokens);
    }
  }

  private OnnxTensor mask(RowRun.Shape shape) {
    int until = shape.from() + shape.count();
    int before =
        layout.inPlace()
            ? Arrays.stream(lengths, shape.from(), until).max().orElseThrow()
            : capacity;
    int width = before + shape.tokens();
    long[] ones = new long[shape.count() * width];
    for (int i = 0; i < shape.count(); i++) {
      int length = lengths[shape.from() + i];
      int start = i * width;
      int news = start + (layout.inPlace() ? length : capacity);
      Arrays.fill(ones, start, start + length, 1);
      Arrays.fill(ones, news, news + shape.tokens(), 1);
    }
    MemorySegment.copy(ones, 0, mask, ValueLayout.JAVA_LONG, 0, ones.length);
    return tensor(mask, graph.requireInput(MASK), shape.count(), width);
  }

  /** [rows, tokens] for each axis. */
  private void writePositions(RowRun.Shape shape) {
    int ofAxis = shape.count() * shape.tokens();
    for (int i = 0; i < layout.positionAxes() * ofAxis; i++) {
      int row = shape.from() + i / shape.tokens() % shape.count();
      long id = sequences[row].position(i / ofAxis, lengths[row] + i % shape.tokens());
      positions.setAtIndex(ValueLayout.JAVA_LONG, i, id);
    }
  }

  private RowRun prepared(RowRun.Shape shape) {
    RowRun known = runs.get(shape);
    if (known == null) {
      if (runs.size() == MOST_SHAPES) {
        runs.pollFirstEntry().getValue().close();
      }
      known = prepare(shape);
      runs.put(shape, known);
    }
    return known;
  }

  private RowRun prepare(RowRun.Shape shape) {
    int count = shape.count();
    int tokens = shape.tokens();
    RowRun run = new RowRun(new LinkedHashMap<>(), new LinkedHashMap<>());
    try {
      TensorInfo embedding = graph.requireInput("inputs_embeds");
      run.feeds().put("inputs_embeds", tensor(embeds, embedding, count, tokens, layout.hidden()));
      TensorInfo ids = graph.input("position_ids");
      if (ids != null) {
        long[] sizes =
            ids.getShape().length == 2
                ? new long[] {count, tokens}
                : new long[] {layout.positionAxes(), count, tokens};
        run.feeds().put("position_ids", tensor(positions, ids, sizes));
      }
      String keep = layout.keep();
      if (keep != null) {
        TensorInfo info = graph.requireInput(keep);
        long[] sizes = info.getShape().length == 0 ? new long[0] : new long[] {1};
        run.feeds()
            .put(keep, Tensors.integers(graph.environment(), new long[] {tokens}, info, sizes));
      }
      for (int i = 0; i < past.length; i++) {
        OnnxTensor cache = cache(i, past[i], shape.from(), count, capacity);
        run.feeds().put(layers.get(i).past(), cache);
        run.outputs()
            .put(
                layers.get(i).present(),
                layout.inPlace() ? cache : cache(i, present[i], 0, count, capacity + tokens));
      }
      TensorInfo scores = graph.requireOutput("logits");
      run.outputs().put("logits", tensor(logits, scores, count, tokens, layout.vocabulary()));
      return run;
    } catch (RuntimeException e) {
      run.close();
      throw e;
    }
  }

  /** The start of some memory as a tensor. */
  private OnnxTensor tensor(MemorySegment memory, TensorInfo as, long... shape) {
    long bytes = as.type.size * Arrays.stream(shape).reduce(1, Math::multiplyExact);
    return Tensors.raw(
        graph.environment(),
        memory.asSlice(0, bytes).asByteBuffer().order(ByteOrder.nativeOrder()),
        as.type,
        shape);
  }

  private OnnxTensor cache(int at, MemorySegment memory, int from, int count, int tokens) {
    CacheLayer layer = layers.get(at);
    long row = layer.heads() * tokens * layer.tokenBytes();
    return tensor(
        memory.asSlice(from * row, count * row),
        graph.requireInput(layer.past()),
        count,
        layer.heads(),
        tokens,
        layer.dimension());
  }

  /** The scores after a token of the last run. */
  float[] logits(int rowOfRun, int token) {
    float[] scores = new float[layout.vocabulary()];
    long start = (long) (rowOfRun * tokensRun + token) * scores.length * Float.BYTES;
    MemorySegment.copy(logits, ValueLayout.JAVA_FLOAT, start, scores, 0, scores.length);
    return scores;
  }

  /** Copies what a run wrote behind the capacity to where it belongs. */
  private void takeOver(int from, int count, int tokens) {
    for (int at = 0; at < past.length; at++) {
      int heads = layers.get(at).heads();
      long token = layers.get(at).tokenBytes();
      MemorySegment source = present[at];
      MemorySegment target = past[at];
      for (int i = 0; i < count; i++) {
        int length = lengths[from + i];
        long bytes = Math.min(tokens, capacity - length) * token;
        for (int head = 0; head < heads; head++) {
          long written = ((long) i * heads + head) * (capacity + tokens) + capacity;
          long place = ((long) (from + i) * heads + head) * capacity + length;
          MemorySegment.copy(source, written * token, target, place * token, bytes);
        }
      }
    }
  }

  @Override
  public void close() {
    runs.values().forEach(RowRun::close);
    runs.clear();
    arena.close();
  }
}
