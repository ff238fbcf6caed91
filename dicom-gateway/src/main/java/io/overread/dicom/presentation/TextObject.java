package io.overread.dicom.presentation;

import io.overread.dicom.presentation.Annotation.Point;
import io.overread.dicom.presentation.Annotation.Units;
import java.util.List;
import java.util.Optional;

/**
 * An item of the Text Object Sequence (0070,0008). It has a box or an anchor, or both.
 *
 * @param lines Unformatted Text Value (0070,0006), line by line
 */
public record TextObject(List<String> lines, Optional<Box> box, Optional<Anchor> anchor) {
  /** Copies the list. */
  public TextObject {
    lines = List.copyOf(lines);
  }

  /** Where the text stands. */
  public record Box(Units units, Point topLeft, Point bottomRight, Justification justification) {}

  /**
   * What the text is about.
   *
   * @param visible whether a line leads from the text to it
   */
  public record Anchor(Units units, Point point, boolean visible) {}

  /** Bounding Box Text Horizontal Justification (0070,0012). */
  public enum Justification {
    /** At the left edge. */
    LEFT,
    /** In the middle. */
    CENTER,
    /** At the right edge. */
    RIGHT
  }
}
