package io.overread.dicom.pixel;

import io.overread.dicom.pixel.jpeg2000.Codestream;
import io.overread.dicom.pixel.jpeg2000.CodestreamException;
import io.overread.dicom.pixel.jpeg2000.SampleRows;

/**
 * JPEG 2000 and High-Throughput JPEG 2000 (PS3.5 8.2.4, 8.2.15). The stream tells how it is coded,
 * whichever of these transfer syntaxes it came in.
 */
final class Jpeg2000 {
  private Jpeg2000() {}

  /**
   * Decodes a frame.
   *
   * @param lossy whether the transfer syntax is one that allows for losses
   */
  static CodedFrame decode(byte[] frame, ImagePixel declared, PixelLimits limits, boolean lossy) {
    try {
      Codestream stream = Codestream.read(frame);
      requireSizeOf(declared, stream);
      ImagePixel image = inColourSpaceOf(stream, declared.inCellsOf(stream.precision()));
      image.within(limits);
      SampleCells cells = new SampleCells(image, stream.precision());
      stream.decode(lossy && overshoots(image, stream) ? held(cells, image.bits()) : cells::put);
      return new CodedFrame(image, cells.bytes());
    } catch (CodestreamException refused) {
      throw refusal(refused);
    }
  }

  /**
   * Whether samples may come out beyond the Bits Stored. Cut off as foreign bits are, the whitest
   * would turn black. In a lossless syntax those bits are what they were, of old overlays perhaps.
   */
  private static boolean overshoots(ImagePixel image, Codestream stream) {
    StoredBits bits = image.bits();
    return bits.bitsStored() < stream.precision()
        && bits.highBit() == bits.bitsStored() - 1
        && bits.signed() == stream.signed();
  }

  private static SampleRows held(SampleCells cells, StoredBits bits) {
    return (component, row, column, samples, count) -> {
      for (int index = 0; index < count; index++) {
        samples[index] = Math.clamp(samples[index], (int) bits.minimum(), (int) bits.maximum());
      }
      cells.put(component, row, column, samples, count);
    };
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
          case YBR_FULL, YBR_FULL_422 -> !stream.colorTransformed();
          default -> false;
        };
    return image.as(
        luminanceChrominance ? PhotometricInterpretation.YBR_FULL : PhotometricInterpretation.RGB);
  }
}
