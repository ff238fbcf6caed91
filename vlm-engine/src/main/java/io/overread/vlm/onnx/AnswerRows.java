package io.overread.vlm.onnx;

import io.overread.vlm.schedule.Turns;
import io.overread.vlm.schedule.Turns.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The answers that one decoder writes at present, each a row of a block with others of its length
 * class. Whoever's turn it is runs the next tokens of all that are ready: several answers cost
 * little more than one, and join and leave at any token.
 */
final class AnswerRows implements AutoCloseable {

  /** A row's capacity is the next multiple of this above its length. */
  private static final int CAPACITY_STEP = 64;

  private static final int MOST_ROWS = 8;

  /** How long the others of the last run are waited for; less than a run takes. */
  private static final long GATHERING_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private final OnnxGraph graph;
  private final RowLayout layout;
  private final TokenEmbedding embedding;
  private final Turns turns;
  private final int mostRows;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition posting = lock.newCondition();
  private final List<Block> blocks = new ArrayList<>();

  AnswerRows(OnnxGraph graph, RowLayout layout, TokenEmbedding embedding, boolean together) {
    this.graph = graph;
    this.layout = layout;
    this.embedding = embedding;
    this.turns = graph.turns();
    this.mostRows = together ? MOST_ROWS : 1;
  }

  static int capacityFor(int length) {
    return (length / CAPACITY_STEP + 1) * CAPACITY_STEP;
  }

  /** A row that starts with what is cached; the cache stays the caller's. */
  AnswerRow join(KeyValueCache start) {
    return turns.run(
        () -> {
          AnswerRow row = place(capacityFor(start.length()), 1);
          row.block.fill(row.index, start);
          return row;
        });
  }

  void leave(AnswerRow row) {
    turns.run(
        () -> {
          remove(row);
          return row;
        });
  }

  int roomAhead(AnswerRow row) {
    return turns.run(
        () -> {
          boolean alone = blocks.stream().mapToInt(block -> block.rows.size()).sum() == 1;
          int room = row.block.capacity() - row.block.length(row.index);
          return alone ? Math.min(room, RowBlock.MOST_TOKENS) : 0;
        });
  }

  float[][] ahead(AnswerRow row, int[] tokens) {
    return turns.run(
        () -> {
          run(row.block, row.index, 1, tokens);
          row.block.keep(row.index, tokens.length);
          float[][] logits = new float[tokens.length][];
          for (int i = 0; i < tokens.length; i++) {
            logits[i] = row.block.logits(0, i);
          }
          return logits;
        });
  }

  void rewind(AnswerRow row, int tokens) {
    turns.run(
        () -> {
          row.block.keep(row.index, -tokens);
          return row;
        });
  }

  /** Runs a row's next token, with the others that are ready. */
  float[] step(AnswerRow row, int token) {
    Ticket ticket = turns.ticket();
    lock.lock();
    try {
      row.token = token;
      row.logits = null;
      row.failure = null;
      row.ticket = ticket;
      row.posted = true;
      posting.signalAll();
    } finally {
      lock.unlock();
    }
    if (turns.take(ticket)) {
      try {
        lead(row);
      } finally {
        withdraw(row);
        turns.release();
      }
    }
    if (row.failure != null) {
      throw row.failure;
    }
    return java.util.Objects.requireNonNull(row.logits);
  }

  /** After a failure too: nobody runs what nobody waits for. */
  private void withdraw(AnswerRow row) {
    lock.lock();
    try {
      row.posted = false;
    } finally {
      lock.unlock();
    }
  }

  private void lead(AnswerRow leader) {
    if (!fits(leader)) {
      moveOn(blockOf(leader));
    }
    Block block = blockOf(leader);
    List<AnswerRow> batch = gather(block, leader);
    try {
      run(block, batch);
    } catch (RuntimeException e) {
      batch.forEach(row -> row.failure = e);
    }
    List<Ticket> others = new ArrayList<>();
    lock.lock();
    try {
      block.rows.forEach(row -> row.inLastRun = false);
      for (AnswerRow row : batch) {
        row.posted = false;
        row.inLastRun = true;
        if (row != leader && row.ticket != null) {
          others.add(row.ticket);
        }
      }
    } finally {
      lock.unlock();
    }
    turns.done(others);
  }

  /** Waits a moment for those who ran with the last batch: they are choosing their next token. */
  private List<AnswerRow> gather(Block block, AnswerRow leader) {
    lock.lock();
    try {
      long left = GATHERING_NANOS;
      while (left > 0 && block.rows.stream().anyMatch(row -> row.inLastRun && !row.posted)) {
        left = posting.awaitNanos(left);
      }
      return ready(block, leader);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ready(block, leader);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The leader, and its neighbours that are ready. A row among them that is not runs for nothing:
   * what it writes lies behind its end. A full one has no room for that, and parts the block.
   */
  private static List<AnswerRow> ready(Block block, AnswerRow leader) {
    int from = leader.index;
    while (from > 0 && fits(block.rows.get(from - 1))) {
      from--;
    }
    int to = leader.index + 1;
    while (to < block.rows.size() && fits(block.rows.get(to))) {
      to++;
    }
    return block.rows.subList(from, to).stream().filter(row -> row.posted).toList();
  }

  /** Whether it is in a block of its length's capacity: the same one whichever way it got there. */
  private static boolean fits(AnswerRow row) {
    return row.block.capacity() == capacityFor(row.block.length(row.index));
  }

  private void run(Block block, List<AnswerRow> batch) {
    int from = batch.stream().mapToInt(row -> row.index).min().orElseThrow();
    int to = batch.stream().mapToInt(row -> row.index).max().orElseThrow() + 1;
    int[] tokens = new int[to - from];
    batch.forEach(row -> tokens[row.index - from] = row.token);
    run(block.memory, from, to - from, tokens);
    for (AnswerRow row : batch) {
      row.logits = block.memory.logits(row.index - from, 0);
      block.memory.keep(row.index, 1);
    }
  }

  /** As many tokens of each of some neighbouring rows, row after row. */
  private void run(RowBlock block, int from, int count, int[] tokens) {
    NativeThreads.together(
        () -> block.run(from, count, tokens.length / count, embedding.embed(tokens)));
  }

  /** All that have outgrown a block: whoever ran with them so far goes on running with them. */
  private void moveOn(Block block) {
    List<AnswerRow> outgrown = block.rows.stream().filter(row -> !fits(row)).toList();
    outgrown.forEach(row -> move(row, outgrown.size()));
  }

  /** To a block of its length's capacity. */
  private void move(AnswerRow row, int together) {
    RowBlock old = row.block;
    int oldIndex = row.index;
    AnswerRow placed = place(capacityFor(old.length(oldIndex)), together);
    Block target = blockOf(placed);
    placed.block.fill(placed.index, old, oldIndex);
    remove(row);
    target.rows.set(placed.index, row);
    row.block = placed.block;
    row.index = placed.index;
  }

  private AnswerRow place(int capacity, int expected) {
    for (Block block : blocks) {
      if (block.memory.capacity() == capacity && block.rows.size() < mostRows) {
        if (block.rows.size() == block.memory.rows()) {
          grow(block);
        }
        return add(block);
      }
    }
    Block block = new Block(new RowBlock(graph, layout, capacity, Math.min(expected, mostRows)));
    blocks.add(block);
    return add(block);
  }

  private AnswerRow add(Block block) {
    AnswerRow row = new AnswerRow(this, block.memory, block.rows.size());
    block.rows.add(row);
    return row;
  }

  private void grow(Block block) {
    RowBlock old = block.memory;
    RowBlock larger =
        new RowBlock(graph, layout, old.capacity(), Math.min(old.rows() * 2, mostRows));
    for (AnswerRow row : block.rows) {
      larger.fill(row.index, old, row.index);
      row.block = larger;
    }
    block.memory = larger;
    old.close();
  }

  /** The last row takes the place that becomes free. */
  private void remove(AnswerRow row) {
    Block block = blockOf(row);
    AnswerRow last = block.rows.removeLast();
    if (last != row) {
      block.memory.fill(row.index, block.memory, last.index);
      block.rows.set(row.index, last);
      last.index = row.index;
    }
    if (block.rows.isEmpty()) {
      blocks.remove(block);
      block.memory.close();
    }
  }

  private Block blockOf(AnswerRow row) {
    for (Block block : blocks) {
      if (block.memory == row.block) {
        return block;
      }
    }
    throw new IllegalStateException("the answer was closed");
  }

  @Override
  public void close() {
    turns.run(
        () -> {
          blocks.forEach(block -> block.memory.close());
          blocks.clear();
          return blocks;
        });
  }

  /** A block and whose rows are in it, in their order. */
  private static final class Block {
    private final List<AnswerRow> rows = new ArrayList<>();
    private RowBlock memory;

    Block(RowBlock memory) {
      this.memory = memory;
    }
  }
}
