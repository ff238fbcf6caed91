package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.TensorInfo;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
  private final TokenSequence sequence;

  /** Takes the tensors, keyed by the decoder's input names, and owns them. */
  KeyValueCache(
      OrtEnvironment environment,
      Map<String, OnnxTensor> tensors,
      @Nullable Arena memory,
      int batch,
      int length,
      TokenSequence sequence) {
    this.environment = environment;
    this.tensors = tensors;
    this.memory = memory;
    this.batch = batch;
    this.length = length;
    this.sequence = sequence;
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
    return sequence;
  }

  /** Size in bytes, of all layers. */
  public long bytes() {
    long bytes = 0;
    for (OnnxTensor tensor : tensors.values()) {
      TensorInfo info = tensor.getInfo();
      bytes += Math.max(0, info.getNumElements()) * info.type.size;
    }
    return bytes;
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
      tensors.forEach((name, tensor) -> copies.put(name, repeat(tensor, rows, arena)));
      return new KeyValueCache(environment, copies, arena, rows, length, sequence);
    } catch (RuntimeException e) {
      copies.values().forEach(OnnxTensor::close);
      arena.close();
      throw e;
    }
  }

  private OnnxTensor repeat(OnnxTensor tensor, int rows, Arena arena) {
    TensorInfo info = tensor.getInfo();
    long[] shape = info.getShape();
    shape[0] = rows;
    ByteBuffer one = tensor.getByteBuffer();
    ByteBuffer all =
        arena
            .allocate((long) one.remaining() * rows, Long.BYTES)
            .asByteBuffer()
            .order(ByteOrder.nativeOrder());
    for (int row = 0; row < rows; row++) {
      all.put(one.duplicate());
    }
    return Tensors.raw(environment, all.flip(), info.type, shape);
  }

  @Override
  public void close() {
    tensors.values().forEach(OnnxTensor::close);
    if (memory != null) {
      memory.close();
    }
  }
}
