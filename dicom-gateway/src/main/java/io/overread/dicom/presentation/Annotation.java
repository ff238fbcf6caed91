package io.overread.dicom.presentation;

import java.util.List;

/**
 * An item of the Graphic Annotation Sequence (0070,0001), PS3.3 C.10.5.
 *
 * @param layer Graphic Layer (0070,0002)
 */
public record Annotation(String layer, List<GraphicObject> graphics, List<TextObject> texts) {
  /** Copies the lists. */
  public Annotation {
    graphics = List.copyOf(graphics);
    texts = List.copyOf(texts);
  }

  /** What coordinates count in. */
  public enum Units {
    /** Pixels of the image; the top left corner of the first pixel is 0\0. */
    PIXEL,
    /** Fractions of the displayed area. */
    DISPLAY
  }

  /** A place, in units. */
  public record Point(double x, double y) {}
}
