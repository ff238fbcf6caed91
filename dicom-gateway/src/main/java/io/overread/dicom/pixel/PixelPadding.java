package io.overread.dicom.pixel;

/**
 * Pixel Padding Value (0028,0120) and Pixel Padding Range Limit (0028,0121), PS3.3 C.7.5.1.1.2:
 * stored values from {@code lowest} to {@code highest}, both included, are not part of the image.
 */
public record PixelPadding(long lowest, long highest) {

  /** The padding between two values, whichever is the greater. */
  public static PixelPadding between(long one, long other) {
    return new PixelPadding(Math.min(one, other), Math.max(one, other));
  }

  /** Whether a stored value is padding. */
  public boolean contains(long stored) {
    return stored >= lowest && stored <= highest;
  }
}
