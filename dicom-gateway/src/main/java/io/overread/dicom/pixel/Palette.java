package io.overread.dicom.pixel;

/** The three tables of PALETTE COLOR (PS3.3 C.7.6.3.1.5). */
public record Palette(LookupTable red, LookupTable green, LookupTable blue) {

  /** Red, green and blue of every pixel, 8 bits each. */
  byte[] rgb(FrameRaster indices) {
    byte[] pixels = new byte[indices.size() * 3];
    int target = 0;
    for (int index = 0; index < indices.size(); index++) {
      long value = indices.value(index);
      pixels[target++] = octet(red, value);
      pixels[target++] = octet(green, value);
      pixels[target++] = octet(blue, value);
    }
    return pixels;
  }

  private static byte octet(LookupTable table, long value) {
    return (byte) (table.map(value) >> Math.max(0, table.bits() - Byte.SIZE));
  }
}
