package io.overread.dicom.pixel;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.Fragments;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Decodes single frames of DICOM files. Reads the header and the bytes of the one frame; keeps
 * nothing. Safe for use by several threads.
 *
 * <p>Transfer syntaxes: implicit and explicit VR little endian, explicit VR big endian, deflated,
 * RLE Lossless; JPEG Baseline, Extended, Spectral Selection, Full Progression and Lossless (all
 * Huffman coded, not hierarchical); JPEG-LS lossless and near-lossless; JPEG 2000 Part 1 and
 * High-Throughput JPEG 2000, lossless and lossy; frames deflated one by one.
 */
public final class FrameDecoder {
  private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");

  private final PixelLimits limits;

  /** Decodes within limits. */
  public FrameDecoder(PixelLimits limits) {
    this.limits = limits;
  }

  /**
   * Decodes a frame of a file.
   *
   * @param frame from 1
   * @return the frame, or why it can't be decoded, whatever is in the file
   * @throws IOException if the file can't be read
   */
  public FrameDecoding decode(Path path, int frame) throws IOException {
    try {
      DicomFile file = DicomFile.open(path);
      return decode(file.transferSyntax(), file.dataSet(), frame);
    } catch (DicomFormatException malformed) {
      return new Undecodable(Undecodable.Cause.MALFORMED, String.valueOf(malformed.getMessage()));
    }
  }

  /**
   * Decodes a frame of a data set.
   *
   * @param frame from 1
   * @return the frame, or why it can't be decoded, whatever is in the data set
   * @throws IOException if the file that holds the pixel data can't be read
   */
  public FrameDecoding decode(TransferSyntax transferSyntax, DataSet dataSet, int frame)
      throws IOException {
    try {
      return decoded(transferSyntax, dataSet, frame);
    } catch (PixelDataException refused) {
      return refused.toResult();
    }
  }

  private DecodedFrame decoded(TransferSyntax transferSyntax, DataSet dataSet, int frame)
      throws IOException {
    Element pixelData = pixelData(dataSet);
    int numberOfFrames = ImagePixelModule.numberOfFrames(dataSet);
    if (frame < 1 || frame > numberOfFrames) {
      throw PixelDataException.absent("frame %d of %d".formatted(frame, numberOfFrames));
    }
    requireKnown(transferSyntax);
    ImagePixel image = ImagePixelModule.read(dataSet);
    image.within(limits);
    if (!transferSyntax.encapsulated()) {
      FrameRaster raster = NativeFrame.read(pixelData, image, numberOfFrames, frame, limits);
      return present(new FrameAttributes(dataSet, frame), image, raster);
    }
    if (!(pixelData.value() instanceof Fragments fragments)) {
      throw PixelDataException.malformed("native pixel data in an encapsulated transfer syntax");
    }
    byte[] encoded = EncapsulatedFrame.read(dataSet, fragments, numberOfFrames, frame, limits);
    FrameAttributes attributes = new FrameAttributes(dataSet, frame);
    return switch (transferSyntax.uid()) {
      case Uid.RLELossless -> present(attributes, image, runLengthDecoded(encoded, image));
      case Uid.DeflatedImageFrameCompression ->
          present(attributes, image, DeflatedFrame.read(encoded, image));
      case Uid.JPEGLSLossless, Uid.JPEGLSNearLossless ->
          present(attributes, JpegLs.decode(encoded, image, limits));
      case Uid.JPEG2000Lossless, Uid.HTJ2KLossless, Uid.HTJ2KLosslessRPCL ->
          present(attributes, Jpeg2000.decode(encoded, image, limits, false));
      case Uid.JPEG2000, Uid.HTJ2K ->
          present(attributes, Jpeg2000.decode(encoded, image, limits, true));
      default -> present(attributes, JpegImage.decode(encoded, image, limits));
    };
  }

  private static DecodedFrame present(
      FrameAttributes attributes, ImagePixel image, FrameRaster raster) {
    return new DecodedFrame(
        raster,
        image.bits(),
        PresentationModules.read(attributes, image),
        FrameGeometry.read(attributes),
        OverlayDecoder.hasOverlays(attributes.dataSet()));
  }

  private static FrameRaster runLengthDecoded(byte[] encoded, ImagePixel image) {
    StoredBits bits = image.bits();
    int cellBytes = Math.max(1, bits.bitsAllocated() / Byte.SIZE);
    boolean wholeBytes = bits.bitsAllocated() % Byte.SIZE == 0;
    if (!wholeBytes && (bits.bitsAllocated() != 1 || image.samplesPerPixel() != 1)) {
      throw PixelDataException.unsupported("RLE with Bits Allocated " + bits.bitsAllocated());
    }
    int planeBytes = (int) (wholeBytes ? image.pixels() : (image.pixels() + 7) / Byte.SIZE);
    byte[] cells = RleLossless.decode(encoded, planeBytes, image.samplesPerPixel(), cellBytes);
    ImagePixel colourByPixel = image.as(image.photometricInterpretation());
    return NativeFrame.raster(cells, 0, (int) image.samples(), colourByPixel);
  }

  private static DecodedFrame present(FrameAttributes attributes, CodedFrame coded) {
    ImagePixel found = coded.image().as(coded.image().photometricInterpretation());
    FrameRaster raster = NativeFrame.raster(coded.cells(), 0, (int) found.samples(), found);
    return present(attributes, found, raster);
  }

  private static Element pixelData(DataSet dataSet) {
    if (dataSet.contains(Tag.FloatPixelData) || dataSet.contains(Tag.DoubleFloatPixelData)) {
      throw PixelDataException.unsupported("Float Pixel Data");
    }
    return dataSet
        .find(Tag.PixelData)
        .filter(element -> !element.isEmpty())
        .orElseThrow(() -> PixelDataException.absent("no Pixel Data"));
  }

  /** Name and UID; of a UID that isn't one, nothing, for it may hold anything. */
  private static String description(TransferSyntax transferSyntax) {
    String uid = transferSyntax.uid();
    if (!UID.matcher(uid).matches()) {
      return "without a valid UID";
    }
    return transferSyntax.isKnown() ? "%s (%s)".formatted(transferSyntax.name(), uid) : uid;
  }

  private static void requireKnown(TransferSyntax transferSyntax) {
    boolean known =
        switch (transferSyntax.uid()) {
          case Uid.RLELossless,
              Uid.DeflatedImageFrameCompression,
              Uid.JPEGBaseline8Bit,
              Uid.JPEGExtended12Bit,
              Uid.JPEGSpectralSelectionNonHierarchical68,
              Uid.JPEGFullProgressionNonHierarchical1012,
              Uid.JPEGLossless,
              Uid.JPEGLosslessSV1,
              Uid.JPEGLSLossless,
              Uid.JPEGLSNearLossless,
              Uid.JPEG2000Lossless,
              Uid.JPEG2000,
              Uid.HTJ2KLossless,
              Uid.HTJ2KLosslessRPCL,
              Uid.HTJ2K ->
              true;
          default -> !transferSyntax.encapsulated() && transferSyntax.isKnown();
        };
    if (!known) {
      throw PixelDataException.unsupported("transfer syntax " + description(transferSyntax));
    }
  }
}
