package io.overread.gateway.deidentify;

/** A rectangle of an image, in parts of its width and height from its upper left corner, 0 to 1. */
public record Area(double x, double y, double width, double height) {

  /** Refuses what does not lie on the image. */
  public Area {
    if (!(x >= 0
        && y >= 0
        && width > 0
        && height > 0
        && x + width <= 1.0001
        && y + height <= 1.0001)) {
      throw new IllegalArgumentException("an area lies within the image, from 0 to 1");
    }
  }
}
