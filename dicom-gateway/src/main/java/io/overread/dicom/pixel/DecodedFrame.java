package io.overread.dicom.pixel;

/**
 * A frame's stored values and what it takes to look at them.
 *
 * @param stored the values as the data set has them, whatever the transfer syntax
 * @param bits how they were stored; a JPEG stream of up to 8 bits delivers cells of 8
 * @param presentation how to make grey or colour of them
 * @param geometry how large its pixels are, and where it lies
 * @param overlaid whether the data set has overlay planes, which {@link OverlayDecoder} reads
 */
public record DecodedFrame(
    FrameRaster stored,
    StoredBits bits,
    Presentation presentation,
    FrameGeometry geometry,
    boolean overlaid)
    implements FrameDecoding {

  /** The grey transformation asked for by the data set, or one made from the frame's values. */
  public VoiTransformation defaultVoi(Grayscale grayscale) {
    return grayscale.voi().orElseGet(() -> WindowOfData.of(stored, bits, grayscale));
  }

  /** Red, green and blue of each pixel, 8 bits each. */
  public byte[] rgb(Presentation.Color color) {
    byte[] pixels = Colors.eightBits(stored, bits);
    if (color.luminanceChrominance()) {
      Colors.luminanceChrominanceToRgb(pixels);
    }
    return pixels;
  }

  /** Red, green and blue of each pixel, 8 bits each. */
  public byte[] rgb(Presentation.Indexed indexed) {
    return indexed.palette().rgb(stored);
  }
}
