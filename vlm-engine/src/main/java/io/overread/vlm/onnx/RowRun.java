package io.overread.vlm.onnx;

import ai.onnxruntime.OnnxTensor;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The tensors of all runs of one shape over a block's memory. A token would else pay for some
 * thirty of them.
 *
 * @param feeds by input; the mask, whose width may change with every token, is put in for each run
 * @param outputs by output
 */
record RowRun(Map<String, OnnxTensor> feeds, Map<String, OnnxTensor> outputs)
    implements AutoCloseable {

  /**
   * What tells runs apart.
   *
   * @param from the first row
   * @param count rows
   * @param tokens of each row
   */
  record Shape(int from, int count, int tokens) {}

  @Override
  public void close() {
    // A cache that is written in place is both.
    Stream.concat(feeds.values().stream(), outputs.values().stream())
        .filter(tensor -> !tensor.isClosed())
        .forEach(OnnxTensor::close);
  }
}
