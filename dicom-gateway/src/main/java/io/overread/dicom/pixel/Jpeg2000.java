package io.overread.dicom.pixel;

import io.overread.dicom.pixel.jpeg2000.Codestream;
import io.overread.dicom.pixel.jpeg2000.CodestreamException;

/**
 * JPEG 2000 and High-Throughput JPEG 2000 (PS3.5 8.2.4, 8.2.15). The stream tells how it is coded,
 * whichever of these transfer syntaxes it came in.
 */
final class Jpeg2000 {
  private Jpeg2000() {}

  /** Decodes a frame. */
  static CodedFrame decode(byte[] frame, ImagePixel declared, PixelLimits limits) {
    try {
      Codestream stream = Codestream.read(frame);
      requireSizeOf(declared, stream);
      ImagePixel image = inColourSpaceOf(stream, declared.inCellsOf(stream.precision()));
      image.within(limits);
      SampleCells cells = new SampleCells(image, stream.precision());
      stream.decode(cells::put);
      return new CodedFrame(image, cells.bytes());
    } catch (CodestreamException refused) {
      throw refusal(refused);
    }
  }

  private static PixelDataException refusal(CodestreamException refused) {
    String reason = String.valueOf(refused.getMessage());
    return switch (refused.kind()) {
      case MALFORMED -> PixelDataException.malformed(reason);
      case UNSUPPORTED -> PixelDataException.unsupported(reason);
      case TOO_LARGE -> PixelDataException.tooLarge(reason);
    };
  }

  private static void requireSizeOf(ImagePixel declared, Codestream stream) {
    if (stream.rows() != declared.rows() || stream.columns() != declared.columns()) {
      throw PixelDataException.malformed(
          "JPEG 2000 stream of %d x %d pixels in an image of Rows %d, Columns %d"
              .formatted(stream.rows(), stream.columns(), declared.rows(), declared.columns()));
    }
    if (stream.components() != declared.samplesPerPixel()) {
      throw PixelDataException.malformed(
          "JPEG 2000 stream of %d components, Samples per Pixel %d"
              .formatted(stream.components(), declared.samplesPerPixel()));
    }
  }

  /**
   * The component transformation is undone in decoding, which leaves red, green and blue. Without
   * it the components are what the data set says, and YBR_RCT and YBR_ICT say the same of them.
   */
  private static ImagePixel inColourSpaceOf(Codestream stream, ImagePixel image) {
    if (image.samplesPerPixel() == 1) {
      return image;
    }
    boolean luminanceChrominance =
        switch (image.photometricInterpretation()) {
          case YBR_FULL, YBR_FULL_422 -> !stream.colourTransformed();
          default -> false;
        };
    return image.as(
        luminanceChrominance ? PhotometricInterpretation.YBR_FULL : PhotometricInterpretation.RGB);
  }
}
