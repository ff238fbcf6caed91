package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxJavaType;

/**
 * Keys or values of one layer.
 *
 * @param past the input's name
 * @param present the output's name
 * @param type of the numbers
 */
record CacheLayer(String past, String present, OnnxJavaType type, int heads, int dimension) {

  /** What one head keeps of one token, in bytes. */
  long tokenBytes() {
    return (long) dimension * type.size;
  }
}
