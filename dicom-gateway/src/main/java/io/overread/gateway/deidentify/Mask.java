package io.overread.gateway.deidentify;

import io.overread.gateway.rule.Expression;
import java.util.List;

/**
 * Where a kind of device writes its text.
 *
 * @param when the condition on an image
 * @param areas what is made black; at least one
 */
public record Mask(Expression when, List<Area> areas) {

  /** Keeps its own copy. */
  public Mask {
    areas = List.copyOf(areas);
    if (areas.isEmpty()) {
      throw new IllegalArgumentException("a mask covers something");
    }
  }
}
