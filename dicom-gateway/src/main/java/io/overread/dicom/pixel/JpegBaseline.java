package io.overread.dicom.pixel;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * JPEG of 8 bits, sequential and Huffman coded: JPEG Baseline (Process 1), and what of JPEG
 * Extended (Process 2) has that precision. The JDK's codec delivers the raw components; colour is
 * converted like that of every other frame, so that it is the same on all roads.
 */
final class JpegBaseline {
  private JpegBaseline() {}

  /**
   * Decodes a stream; damage that the codec would paint over is a refusal here.
   *
   * @param image of the size and with the components that the stream has
   * @return cells of 8 bits, the samples of a pixel next to each other
   */
  static byte[] decode(JpegStream stream, ImagePixel image) {
    return samples(stream.withoutApplicationData(), image);
  }

  private static byte[] samples(byte[] stream, ImagePixel declared) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
    if (!readers.hasNext()) {
      throw new IllegalStateException("this Java runtime has no JPEG decoder");
    }
    ImageReader reader = readers.next();
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(stream))) {
      reader.setInput(input, true, true);
      Raster raster = reader.readRaster(0, null);
      refuseDamage(warnings);
      return bytes(raster, declared);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException failed) {
      throw PixelDataException.malformed("JPEG stream does not decode: " + failed.getMessage());
    } finally {
      reader.dispose();
    }
  }

  private static byte[] bytes(Raster raster, ImagePixel declared) {
    int count = (int) declared.samples();
    if (raster.getWidth() != declared.columns()
        || raster.getHeight() != declared.rows()
        || raster.getNumBands() != declared.samplesPerPixel()) {
      throw PixelDataException.malformed("JPEG stream decodes to another size");
    }
    Object samples =
        raster.getDataElements(
            raster.getMinX(), raster.getMinY(), raster.getWidth(), raster.getHeight(), null);
    if (samples instanceof byte[] octets && octets.length == count) {
      return octets;
    }
    throw PixelDataException.malformed("JPEG stream decodes to other samples than bytes");
  }

  /**
   * The codec fills what it can't read with grey and warns: no picture for a diagnosis. Only stray
   * bytes after the last scan are harmless.
   */
  private static void refuseDamage(List<String> warnings) {
    for (String warning : warnings) {
      if (!warning.endsWith("extraneous bytes before marker 0xd9")) {
        throw PixelDataException.malformed("JPEG stream is damaged: " + warning);
      }
    }
  }
}
