package io.overread.dicom.pixel;

/** What has to be done with stored values before they can be looked at. */
public sealed interface Presentation permits Grayscale, Presentation.Indexed, Presentation.Color {

  /** PALETTE COLOR. */
  record Indexed(Palette palette) implements Presentation {}

  /** Three samples a pixel. */
  record Color(boolean luminanceChrominance) implements Presentation {}
}
