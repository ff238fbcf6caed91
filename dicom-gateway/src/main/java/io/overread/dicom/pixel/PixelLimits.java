package io.overread.dicom.pixel;

/**
 * What one frame may cost.
 *
 * @param maximumPixels most pixels (rows times columns) of a frame
 * @param maximumEncodedBytes most bytes that a frame may take up in the file
 */
public record PixelLimits(int maximumPixels, int maximumEncodedBytes) {

  /**
   * 2^26 pixels (8192 x 8192, over four times the largest mammography detector) and 256 MiB. A
   * frame at the limit takes some 600 MiB while it is being decoded, a mammogram some 70 MiB.
   */
  public static final PixelLimits STANDARD = new PixelLimits(1 << 26, 1 << 28);

  /** Refuses limits that would let nothing through or that overflow an array of samples. */
  public PixelLimits {
    if (maximumPixels < 1 || maximumPixels > 1 << 27 || maximumEncodedBytes < 1) {
      throw new IllegalArgumentException("limits out of range");
    }
  }
}
