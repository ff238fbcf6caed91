package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of every layer for the tokens seen so far. Immutable: the decoder reads it and
 * makes a longer one, so one cache may be the past of many runs at the same time.
 */
public final class KeyValueCache implements AutoCloseable {

  private final OrtEnvironment environment;
  private final Map<String, OnnxTensor> tensors;
  private final @Nullable Arena memory;
  private final int batch;
  private final int length;
  private final HeldSequence held;

  /**
   * Takes the tensors, keyed by the decoder's input names, and owns them; and one hold on the
   * sequence.
   */
  KeyValueCache(
      OrtEnvironment environment,
      Map<String, OnnxTensor> tensors,
      @Nullable Arena memory,
      int batch,
      int length,
      HeldSequence held) {
    this.environment = environment;
    this.tensors = tensors;
    this.memory = memory;
    this.batch = batch;
    this.length = length;
    this.held = held;
  }

  /** Rows of the batch. */
  public int batch() {
    return batch;
  }

  /** Tokens in the cache. */
  public int length() {
    return length;
  }

  /** The sequence that it is the start of. */
  TokenSequence sequence() {
    return held.sequence();
  }

  /** The sequence, and what of it stays the same. */
  HeldSequence held() {
    return held;
  }

  /** Size in bytes, of all layers. */
  public long bytes() {
    return HeldSequence.bytes(tensors.values()) + HeldSequence.bytes(held.tensors().values());
  }

  /** Where a sequence is after so many more tokens, of a cache that lies elsewhere. */
  KeyValueCache placeAfter(int tokens) {
    return new KeyValueCache(environment, Map.of(), null, batch, length + tokens, held.held());
  }

  Map<String, OnnxTensor> tensors() {
    return tensors;
  }

  /** A cache for a batch, each of whose rows starts with this cache's only row. */
  @SuppressWarnings("MustBeClosedChecker") // the new cache owns the arena
  public KeyValueCache repeated(int rows) {
    if (batch != 1) {
      throw new IllegalStateException("only a single row can be repeated");
    }
    Arena arena = Arena.ofShared();
    Map<String, OnnxTensor> copies = new LinkedHashMap<>();
    try {
      tensors.forEach(
          (name, tensor) -> copies.put(name, Tensors.repeated(environment, tensor, rows, arena)));
      HeldSequence repeated = held.repeated(environment, rows);
      return new KeyValueCache(environment, copies, arena, rows, length, repeated);
    } catch (RuntimeException e) {
      copies.values().forEach(OnnxTensor::close);
      arena.close();
      throw e;
    }
  }

  @Override
  public void close() {
    tensors.values().forEach(OnnxTensor::close);
    if (memory != null) {
      memory.close();
    }
    held.release();
  }
}
