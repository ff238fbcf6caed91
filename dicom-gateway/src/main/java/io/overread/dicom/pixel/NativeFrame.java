package io.overread.dicom.pixel;

import io.overread.dicom.data.Element;
import io.overread.dicom.data.Octets;
import io.overread.dicom.data.Vr;
import java.io.IOException;
import java.nio.ByteOrder;

/** Reads one frame of pixel data that isn't encapsulated (PS3.5 8.1.1, 8.2): only its own bytes. */
final class NativeFrame {
  private NativeFrame() {}

  /**
   * The bytes of a frame as they are stored, in little endian.
   *
   * @param firstBit where the first cell starts; frames of 1 bit may start within a byte
   * @param samples how many cells there are
   */
  record Packed(byte[] bytes, int firstBit, int samples) {}

  /** Reads frame {@code frame}, from 1 to {@code numberOfFrames}. */
  static FrameRaster read(
      Element pixelData, ImagePixel image, int numberOfFrames, int frame, PixelLimits limits)
      throws IOException {
    Packed packed = packed(pixelData, image, numberOfFrames, frame, limits);
    return raster(packed.bytes(), packed.firstBit(), packed.samples(), image);
  }

  /** Reads the bytes of frame {@code frame}, from 1 to {@code numberOfFrames}. */
  static Packed packed(
      Element pixelData, ImagePixel image, int numberOfFrames, int frame, PixelLimits limits)
      throws IOException {
    if (!(pixelData.value() instanceof Octets octets)) {
      throw PixelDataException.malformed("encapsulated pixel data in a native transfer syntax");
    }
    boolean subsampled = subsampled(image, numberOfFrames, octets.length());
    if (subsampled && image.columns() % 2 != 0) {
      throw PixelDataException.malformed("YBR_FULL_422 with Columns " + image.columns());
    }
    long samples = subsampled ? image.pixels() * 2 : image.samples();
    long bits = samples * image.bits().bitsAllocated();
    long firstBit = bits * (frame - 1);
    long from = firstBit / Byte.SIZE;
    long to = (firstBit + bits + Byte.SIZE - 1) / Byte.SIZE;
    if (to > octets.length()) {
      throw PixelDataException.malformed(
          "pixel data of %d bytes ends before frame %d does".formatted(octets.length(), frame));
    }
    if (to - from > limits.maximumFrameBytes()) {
      throw PixelDataException.tooLarge("a frame of " + (to - from) + " bytes");
    }
    byte[] packed = bytes(octets, pixelData.vr(), from, (int) (to - from));
    return new Packed(packed, (int) (firstBit % Byte.SIZE), (int) samples);
  }

  /** Brings packed cells of a frame into the order of a raster. */
  static FrameRaster raster(byte[] packed, int firstBit, int samples, ImagePixel image) {
    StoredBits bits = image.bits();
    int cellBytes = bits.containerBits() / Byte.SIZE;
    byte[] cells = CellReader.containers(packed, firstBit, samples, bits);
    if (samples < image.samples()) {
      cells = SampleLayout.withFullChrominance(cells, cellBytes);
    } else if (image.planar() && image.samplesPerPixel() > 1) {
      cells = SampleLayout.interleaved(cells, image.samplesPerPixel(), cellBytes);
    }
    return new FrameRaster(
        image.rows(),
        image.columns(),
        image.samplesPerPixel(),
        bits.containerBits(),
        bits.signed(),
        cells);
  }

  /**
   * Whether chrominance is left out. Some writers say YBR_FULL_422 and leave nothing out: then
   * there are enough bytes for all samples.
   */
  private static boolean subsampled(ImagePixel image, int numberOfFrames, long length) {
    return image.photometricInterpretation() == PhotometricInterpretation.YBR_FULL_422
        && length < image.samples() * image.bits().bitsAllocated() / Byte.SIZE * numberOfFrames;
  }

  /**
   * Bytes of the little-endian stream. In a big-endian file OW is a stream of swapped 16 bit words,
   * whatever the size of the cells (PS3.5 7.3, 8.1.1), so that cells of 8 bits are swapped in
   * pairs; OB is never swapped.
   */
  static byte[] bytes(Octets octets, Vr vr, long from, int count) throws IOException {
    if (octets.byteOrder() == ByteOrder.LITTLE_ENDIAN || vr == Vr.OB) {
      return octets.read(from, count);
    }
    int before = (int) (from % 2);
    long end = Math.min(octets.length(), (from + count + 1) / 2 * 2);
    byte[] words = octets.read(from - before, (int) (end - from + before));
    for (int at = 0; at + 1 < words.length; at += 2) {
      byte first = words[at];
      words[at] = words[at + 1];
      words[at + 1] = first;
    }
    byte[] bytes = new byte[count];
    System.arraycopy(words, before, bytes, 0, count);
    return bytes;
  }
}
