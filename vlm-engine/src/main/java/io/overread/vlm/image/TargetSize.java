package io.overread.vlm.image;

/** The {@code size} entry of a preprocessor's file. */
public sealed interface TargetSize {

  /** Both edges as stated, in pixels, whatever that does to the shape. */
  record Exact(int height, int width) implements TargetSize {}

  /** The shorter edge as stated, in pixels; the shape is kept. */
  record ShortestEdge(int edge) implements TargetSize {}

  /** The longer edge as stated, in pixels; the shape is kept. */
  record LongestEdge(int edge) implements TargetSize {}

  /** The size of an image of the given one, rounded as the hub's processors round. */
  default Exact of(int height, int width) {
    return switch (this) {
      case Exact exact -> exact;
      case ShortestEdge(int edge) ->
          height <= width
              ? new Exact(edge, Math.max(1, (int) ((double) edge * width / height)))
              : new Exact(Math.max(1, (int) ((double) edge * height / width)), edge);
      case LongestEdge(int edge) ->
          height <= width
              ? new Exact(Math.max(1, (int) ((double) edge * height / width)), edge)
              : new Exact(edge, Math.max(1, (int) ((double) edge * width / height)));
    };
  }
}
