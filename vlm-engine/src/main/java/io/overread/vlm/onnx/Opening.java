package io.overread.vlm.onnx;

import java.util.function.Function;

/** Keeps a graph from leaking when what is built on it refuses it. */
final class Opening {

  private Opening() {}

  static <T> T closingOnFailure(OnnxGraph graph, Function<OnnxGraph, T> constructor) {
    try {
      return constructor.apply(graph);
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }
}
