package io.overread.dicom.pixel;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Deflated Image Frame Compression (PS3.5 8.2.16, A.4.13): native cells, deflated frame by frame.
 */
final class DeflatedFrame {
  private DeflatedFrame() {}

  /** Inflates a frame; never more of it than the image has. */
  static FrameRaster read(byte[] deflated, ImagePixel image) {
    byte[] cells = new byte[bytes(image, image.samples())];
    int filled = inflate(deflated, cells);
    if (filled == cells.length) {
      return NativeFrame.raster(cells, 0, (int) image.samples(), image);
    }
    long subsampled = 2 * image.pixels();
    if (image.photometricInterpretation() == PhotometricInterpretation.YBR_FULL_422
        && image.columns() % 2 == 0
        && filled == bytes(image, subsampled)) {
      byte[] pairs = Arrays.copyOf(cells, filled);
      return NativeFrame.raster(pairs, 0, (int) subsampled, image);
    }
    throw PixelDataException.malformed(
        "deflated frame of %d bytes instead of %d".formatted(filled, cells.length));
  }

  private static int bytes(ImagePixel image, long samples) {
    return (int) Math.ceilDiv(samples * image.bits().bitsAllocated(), Byte.SIZE);
  }

  private static int inflate(byte[] deflated, byte[] cells) {
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(deflated);
      int filled = 0;
      int more;
      do {
        more = inflater.inflate(cells, filled, cells.length - filled);
        filled += more;
      } while (more > 0);
      return filled;
    } catch (DataFormatException damaged) {
      throw PixelDataException.malformed("deflated frame is damaged");
    }
  }
}
