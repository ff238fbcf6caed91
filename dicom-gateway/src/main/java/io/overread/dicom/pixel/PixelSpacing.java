package io.overread.dicom.pixel;

/**
 * The distance between neighbouring pixels.
 *
 * @param row between the centres of two rows, millimetres
 * @param column between the centres of two columns, millimetres
 * @param plane where that distance is true
 */
public record PixelSpacing(double row, double column, Plane plane) {
  /** Where a distance is measured. */
  public enum Plane {
    /** In the patient: Pixel Spacing (0028,0030). */
    PATIENT,
    /** At the detector, magnified: Imager Pixel Spacing (0018,1164). */
    IMAGER,
    /** On a film that was scanned, magnified: Nominal Scanned Pixel Spacing (0018,2010). */
    SCANNED_FILM
  }
}
