package io.overread.vlm.onnx;

/** Where the graphs run. */
public enum ExecutionProvider {
  /** The processor. */
  CPU,
  /** An NVIDIA GPU; falls back to the processor, saying so once, where there is none. */
  CUDA,
  /** A GPU where there is one, otherwise the processor. */
  AUTO
}
