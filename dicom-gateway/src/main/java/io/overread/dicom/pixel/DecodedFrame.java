package io.overread.dicom.pixel;

import java.util.Optional;

/**
 * A frame's stored values and what it takes to look at them.
 *
 * @param stored the values as the data set has them, whatever the transfer syntax
 * @param bits how they were stored; a JPEG stream of up to 8 bits delivers cells of 8
 * @param presentation how to make grey or colour of them
 * @param spacing if the data set tells it
 * @param pixelAspectRatio height of a pixel divided by its width; 1 unless the data set tells
 */
public record DecodedFrame(
    FrameRaster stored,
    StoredBits bits,
    Presentation presentation,
    Optional<PixelSpacing> spacing,
    double pixelAspectRatio)
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
