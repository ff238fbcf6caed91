package io.overread.dicom.pixel;

/**
 * An overlay plane of a frame (PS3.3 C.9.2), for display only.
 *
 * @param group 0x6000 to 0x601E, even
 * @param kind graphics or a region of interest
 * @param subtype Overlay Subtype (60xx,0045), empty if not given
 * @param label Overlay Label (60xx,1500), empty if not given
 * @param bitmap which pixels it marks
 */
public record Overlay(int group, Kind kind, String subtype, String label, OverlayBitmap bitmap) {
  /** Overlay Type (60xx,0040). */
  public enum Kind {
    /** G. */
    GRAPHICS,
    /** R. */
    REGION_OF_INTEREST
  }

  /** Whether it marks where the image is rather than something in it (C.9.2.1.3). */
  public boolean isActiveImageArea() {
    return subtype.endsWith("IMAGE AREA");
  }
}
