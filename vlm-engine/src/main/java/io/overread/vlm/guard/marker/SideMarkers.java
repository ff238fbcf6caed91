package io.overread.vlm.guard.marker;

import java.util.List;

/** What an image's own side markers say. */
public sealed interface SideMarkers {

  /** No marker was found; there may be one all the same. */
  record None() implements SideMarkers {}

  /** Something looks like a marker, but not enough to be told from other things. */
  record Unsure() implements SideMarkers {}

  /**
   * Markers that are clear.
   *
   * @param markers at least one
   */
  record Read(List<SideMarker> markers) implements SideMarkers {

    /** Keeps its own copy. */
    public Read {
      markers = List.copyOf(markers);
    }
  }

  /** The clear ones; empty where there are none. */
  default List<SideMarker> clear() {
    return this instanceof Read(List<SideMarker> markers) ? markers : List.of();
  }
}
