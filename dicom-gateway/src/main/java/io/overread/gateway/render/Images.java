package io.overread.gateway.render;

import io.overread.dicom.pixel.OverlayBitmap;
import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Puts finished bytes into Java's images without copying them. */
final class Images {
  private static final int GREYS = 256;
  private static final int[] RED_GREEN_BLUE = {0, 1, 2};
  private static final ColorModel RGB =
      new ComponentColorModel(
          ColorSpace.getInstance(ColorSpace.CS_sRGB),
          false,
          false,
          ColorModel.OPAQUE,
          DataBuffer.TYPE_BYTE);

  private Images() {}

  static BufferedImage gray(int width, int height, byte[] greys) {
    byte[] ramp = new byte[GREYS];
    for (int grey = 0; grey < GREYS; grey++) {
      ramp[grey] = (byte) grey;
    }
    var model = new IndexColorModel(Byte.SIZE, GREYS, ramp, ramp, ramp);
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(greys, greys.length), width, height, width, 1, new int[1], origin());
    return new BufferedImage(model, raster, false, null);
  }

  /** A picture of a bit a pixel: marked ones in the colour, all others clear. */
  static BufferedImage mask(OverlayBitmap bitmap, int rgb) {
    byte[] red = {0, (byte) (rgb >> 16)};
    byte[] green = {0, (byte) (rgb >> 8)};
    byte[] blue = {0, (byte) rgb};
    var model = new IndexColorModel(1, 2, red, green, blue, 0);
    var image =
        new BufferedImage(bitmap.columns(), bitmap.rows(), BufferedImage.TYPE_BYTE_BINARY, model);
    byte[] bits = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int stride = (bitmap.columns() + Byte.SIZE - 1) / Byte.SIZE;
    for (int at = bitmap.marked().nextSetBit(0); at >= 0; at = bitmap.marked().nextSetBit(at + 1)) {
      int column = at % bitmap.columns();
      bits[at / bitmap.columns() * stride + column / Byte.SIZE] |=
          (byte) (0x80 >> column % Byte.SIZE);
    }
    return image;
  }

  static BufferedImage rgb(int width, int height, byte[] pixels) {
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(pixels, pixels.length),
            width,
            height,
            3 * width,
            3,
            RED_GREEN_BLUE,
            origin());
    return new BufferedImage(RGB, raster, false, null);
  }

  private static Point origin() {
    return new Point(0, 0);
  }
}
