package io.overread.vlm.onnx;

import java.lang.foreign.MemorySegment;

/**
 * A tensor that a bound run left where it was told to.
 *
 * @param value the C interface's OrtValue
 */
record DeviceTensor(CInterface c, MemorySegment value) implements AutoCloseable {

  /** Its memory; of a tensor in the processor's memory alone. */
  MemorySegment data(long bytes) {
    return c.data(value, bytes);
  }

  @Override
  public void close() {
    c.releaseValue(value);
  }
}
