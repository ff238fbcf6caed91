package io.overread.dicom.pixel;

/** From the samples of a colour frame to red, green and blue of 8 bits. */
final class Colors {
  private static final int OPAQUE_MAXIMUM = 0xff;
  private static final int CHROMINANCE_ZERO = 128;

  private Colors() {}

  /** The samples in 8 bits: the upper ones of wider samples, narrower ones stretched. */
  static byte[] eightBits(FrameRaster raster, StoredBits bits) {
    byte[] octets = new byte[raster.size()];
    long lowest = bits.minimum();
    int surplus = bits.bitsStored() - Byte.SIZE;
    for (int index = 0; index < octets.length; index++) {
      long value = raster.value(index) - lowest;
      octets[index] =
          (byte)
              (surplus >= 0
                  ? value >> surplus
                  : value * OPAQUE_MAXIMUM / (bits.maximum() - lowest));
    }
    return octets;
  }

  /** YBR_FULL to RGB in place: the inverse of PS3.3 C.7.6.3.1.2, rounded, held within 0 to 255. */
  static void luminanceChrominanceToRgb(byte[] pixels) {
    for (int at = 0; at + 2 < pixels.length; at += 3) {
      double luminance = pixels[at] & 0xff;
      int blue = (pixels[at + 1] & 0xff) - CHROMINANCE_ZERO;
      int red = (pixels[at + 2] & 0xff) - CHROMINANCE_ZERO;
      pixels[at] = octet(luminance + 1.402 * red);
      pixels[at + 1] = octet(luminance - 0.344136 * blue - 0.714136 * red);
      pixels[at + 2] = octet(luminance + 1.772 * blue);
    }
  }

  private static byte octet(double value) {
    return (byte) Math.clamp(Math.round(value), 0, OPAQUE_MAXIMUM);
  }
}
