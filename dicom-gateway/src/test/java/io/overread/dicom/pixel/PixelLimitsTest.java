package io.overread.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;

class PixelLimitsTest {

  @Test
  void a_small_heap_allows_smaller_frames() {
    assertThat(PixelLimits.ofHeap(4L << 30)).isEqualTo(new PixelLimits(1 << 26, 1 << 28));
    assertThat(PixelLimits.ofHeap(256L << 20)).isEqualTo(new PixelLimits(1 << 26, 32 << 20));
  }

  @Test
  void a_mammogram_fits_a_heap_of_256_MiB() {
    ImagePixel mammogram = image(4664, 3064, PhotometricInterpretation.MONOCHROME2, 16);
    assertThatNoException().isThrownBy(() -> mammogram.within(PixelLimits.ofHeap(256L << 20)));
  }

  @Test
  void a_frame_counts_by_its_pixels_and_by_its_bytes() {
    PixelLimits limits = new PixelLimits(100, 200);
    assertThatNoException().isThrownBy(() -> gray(10, 10, 16).within(limits));
    refused(gray(10, 11, 8), limits, "10 x 11 pixels of 1 x 8 bits");
    refused(gray(10, 10, 32), limits, "10 x 10 pixels of 1 x 32 bits");
    refused(
        image(10, 10, PhotometricInterpretation.RGB, 8), limits, "10 x 10 pixels of 3 x 8 bits");
  }

  private static void refused(ImagePixel image, PixelLimits limits, String reason) {
    assertThatExceptionOfType(PixelDataException.class)
        .isThrownBy(() -> image.within(limits))
        .withMessage(reason);
  }

  private static ImagePixel gray(int rows, int columns, int bits) {
    return image(rows, columns, PhotometricInterpretation.MONOCHROME2, bits);
  }

  private static ImagePixel image(
      int rows, int columns, PhotometricInterpretation photometric, int bits) {
    return new ImagePixel(
        rows,
        columns,
        photometric.samplesPerPixel(),
        photometric,
        false,
        new StoredBits(bits, bits, bits - 1, false));
  }
}
