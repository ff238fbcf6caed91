package io.overread.dicom.pixel;

/**
 * JPEG (ITU-T T.81), Huffman coded and not hierarchical: Baseline, Extended, the progressive
 * processes and Lossless. The stream tells its process; transfer syntaxes are often wrong about it,
 * and DCMTK believes the stream, too.
 */
final class JpegImage {
  private JpegImage() {}

  /** Decodes a frame. */
  static CodedFrame decode(byte[] frame, ImagePixel declared, PixelLimits limits) {
    JpegStream stream = JpegStream.read(frame);
    stream.requireSizeOf(declared);
    ImagePixel image = declared.inCellsOf(stream.precision());
    image.within(limits);
    return switch (stream.process()) {
      case JpegStream.SOF0_BASELINE, JpegStream.SOF1_EXTENDED, JpegStream.SOF2_PROGRESSIVE ->
          new CodedFrame(
              inColourSpaceOf(stream, image),
              stream.eightBitSequential()
                  ? JpegBaseline.decode(stream, image)
                  : JpegTransformed.decode(stream, image));
      case JpegStream.SOF3_LOSSLESS -> new CodedFrame(image, JpegLossless.decode(stream, image));
      default -> throw PixelDataException.unsupported(stream.description());
    };
  }

  private static ImagePixel inColourSpaceOf(JpegStream stream, ImagePixel image) {
    if (image.samplesPerPixel() == 1) {
      return image;
    }
    boolean rgb = image.photometricInterpretation() == PhotometricInterpretation.RGB;
    return image.as(
        stream.luminanceChrominance(!rgb)
            ? PhotometricInterpretation.YBR_FULL
            : PhotometricInterpretation.RGB);
  }
}
