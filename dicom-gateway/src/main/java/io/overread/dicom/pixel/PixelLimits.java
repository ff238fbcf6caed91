package io.overread.dicom.pixel;

/**
 * What one frame may cost.
 *
 * @param maximumPixels most pixels (rows times columns) of a frame
 * @param maximumFrameBytes most bytes of a frame, as it lies in the file and decoded; decoding
 *     takes up to four times as much memory, five times for JPEG 2000 of 8 bits
 */
public record PixelLimits(int maximumPixels, int maximumFrameBytes) {
  private static final int MOST_PIXELS = 1 << 26;
  private static final int MOST_FRAME_BYTES = 1 << 28;
  private static final int SHARE_OF_HEAP = 8;

  /**
   * 2^26 pixels (8192 x 8192, over four times the largest mammography detector) and 256 MiB, or an
   * eighth of the heap that this process may have, whichever is less.
   */
  public static final PixelLimits STANDARD = ofHeap(Runtime.getRuntime().maxMemory());

  /** Refuses limits that would let nothing through or that overflow an array of samples. */
  public PixelLimits {
    if (maximumPixels < 1 || maximumPixels > 2 * MOST_PIXELS || maximumFrameBytes < 1) {
      throw new IllegalArgumentException("limits out of range");
    }
  }

  static PixelLimits ofHeap(long bytes) {
    return new PixelLimits(MOST_PIXELS, (int) Math.min(MOST_FRAME_BYTES, bytes / SHARE_OF_HEAP));
  }
}
