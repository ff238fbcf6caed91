package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.TensorInfo;
import java.lang.foreign.Arena;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A sequence and those of its decoder's inputs that stay the same however far it grows, such as the
 * keys and values of a picture that is only looked at. All caches of the sequence hold them
 * together; the last to be closed frees them.
 */
final class HeldSequence {

  private final TokenSequence sequence;
  private final Map<String, OnnxTensor> tensors;
  private final @Nullable Arena memory;
  private final AtomicInteger holders = new AtomicInteger(1);

  /** Takes the tensors, keyed by the decoder's input names, and owns them; held once. */
  HeldSequence(TokenSequence sequence, Map<String, OnnxTensor> tensors, @Nullable Arena memory) {
    this.sequence = sequence;
    this.tensors = tensors;
    this.memory = memory;
  }

  TokenSequence sequence() {
    return sequence;
  }

  Map<String, OnnxTensor> tensors() {
    return tensors;
  }

  /** The same, held once more. */
  HeldSequence held() {
    holders.incrementAndGet();
    return this;
  }

  /** The same for a batch of rows that all start alike. */
  @SuppressWarnings("MustBeClosedChecker") // the result owns the arena
  HeldSequence repeated(OrtEnvironment environment, int rows) {
    if (tensors.isEmpty()) {
      return held();
    }
    Arena arena = Arena.ofShared();
    Map<String, OnnxTensor> copies = new LinkedHashMap<>();
    try {
      tensors.forEach(
          (name, tensor) -> copies.put(name, Tensors.repeated(environment, tensor, rows, arena)));
      return new HeldSequence(sequence, copies, arena);
    } catch (RuntimeException e) {
      copies.values().forEach(OnnxTensor::close);
      arena.close();
      throw e;
    }
  }

  void release() {
    if (holders.decrementAndGet() == 0) {
      tensors.values().forEach(OnnxTensor::close);
      if (memory != null) {
        memory.close();
      }
    }
  }

  /** Size of some tensors, in bytes. */
  static long bytes(Collection<OnnxTensor> tensors) {
    long bytes = 0;
    for (OnnxTensor tensor : tensors) {
      TensorInfo info = tensor.getInfo();
      bytes += Math.max(0, info.getNumElements()) * info.type.size;
    }
    return bytes;
  }
}
