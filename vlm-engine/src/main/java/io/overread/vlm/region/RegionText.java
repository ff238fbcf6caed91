package io.overread.vlm.region;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An answer as people read it, and the regions that stood in it.
 *
 * @param text without the marks of regions; may be blank
 * @param regions in the order in which they were written
 */
public record RegionText(String text, List<WrittenRegion> regions) {

  /** Keeps its own copy. */
  public RegionText {
    regions = List.copyOf(regions);
  }

  /** An answer without regions. */
  public static RegionText plain(String text) {
    return new RegionText(text, List.of());
  }

  /** The names of regions, each once. */
  static String names(List<WrittenRegion> regions) {
    return regions.stream()
        .map(WrittenRegion::label)
        .filter(label -> !label.isEmpty())
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
