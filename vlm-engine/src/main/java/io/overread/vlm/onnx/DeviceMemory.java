package io.overread.vlm.onnx;

import java.lang.foreign.MemorySegment;

/**
 * Where tensors lie.
 *
 * @param info the C interface's OrtMemoryInfo
 */
record DeviceMemory(CInterface c, MemorySegment info) implements AutoCloseable {

  /** The processor's. */
  static DeviceMemory processor() {
    return of("Cpu", 0);
  }

  /** A GPU's, by its number. */
  static DeviceMemory cuda(int device) {
    return of("Cuda", device);
  }

  private static DeviceMemory of(String name, int device) {
    CInterface c = CInterface.open();
    return new DeviceMemory(c, c.createMemoryInfo(name, device));
  }

  @Override
  public void close() {
    c.releaseMemoryInfo(info);
  }
}
