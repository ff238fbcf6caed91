package io.overread.dicom.pixel;

/** Brings the samples of a frame into the one order of {@link FrameRaster}. */
final class SampleLayout {
  private SampleLayout() {}

  /** Planar Configuration 1 to 0: from a plane for each colour to the colours of each pixel. */
  static byte[] interleaved(byte[] planes, int samplesPerPixel, int cellBytes) {
    byte[] pixels = new byte[planes.length];
    int plane = planes.length / samplesPerPixel;
    int target = 0;
    for (int start = 0; start < plane; start += cellBytes) {
      for (int sample = 0; sample < samplesPerPixel; sample++) {
        for (int octet = 0; octet < cellBytes; octet++) {
          pixels[target++] = planes[sample * plane + start + octet];
        }
      }
    }
    return pixels;
  }

  /**
   * Uncompressed YBR_FULL_422 (PS3.3 C.7.6.3.1.2: Y1 Y2 CB CR for two pixels) to three samples a
   * pixel, each pixel of the two with the chrominance they share.
   */
  static byte[] withFullChrominance(byte[] pairs, int cellBytes) {
    byte[] pixels = new byte[pairs.length / 2 * 3];
    int target = 0;
    for (int pair = 0; pair < pairs.length; pair += 4 * cellBytes) {
      for (int pixel = 0; pixel < 2; pixel++) {
        System.arraycopy(pairs, pair + pixel * cellBytes, pixels, target, cellBytes);
        System.arraycopy(pairs, pair + 2 * cellBytes, pixels, target + cellBytes, 2 * cellBytes);
        target += 3 * cellBytes;
      }
    }
    return pixels;
  }
}
