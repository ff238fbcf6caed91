package io.overread.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("JPEG-LS (ITU-T T.87)")
class JpegLsTest {
  private static final int ROWS = 29;
  private static final int COLUMNS = 41;

  /** The example of T.87 H.3: four lines of four samples, and the bytes they are coded in. */
  @Test
  void the_example_of_the_standard() {
    byte[] stream =
        GeneratedImage.bytes(
            0xff, 0xd8, 0xff, 0xf7, 0x00, 0x0b, 0x08, 0x00, 0x04, 0x00, 0x04, 0x01, 0x01, 0x11,
            0x00, 0xff, 0xda, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x00, 0x00, 0xc0, 0x00, 0x00,
            0x6c, 0x80, 0x20, 0x8e, 0x01, 0xc0, 0x00, 0x00, 0x57, 0x40, 0x00, 0x00, 0x6e, 0xe6,
            0x00, 0x00, 0x01, 0xbc, 0x18, 0x00, 0x00, 0x05, 0xd8, 0x00, 0x00, 0x91, 0x60, 0xff,
            0xd9);
    int[] samples = {0, 0, 90, 74, 68, 50, 43, 205, 64, 145, 145, 145, 100, 145, 145, 145};
    assertThat(decode(stream, 4, 4, 1, 8)).isEqualTo(samples);
    assertThat(new GeneratedJpegLs(4, 4, 1, 8, 0, 0, 0).encode(samples)).isEqualTo(stream);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 7, 8, 10, 12, 16})
  void grey_of_any_depth_comes_back_as_it_was(int bits) {
    var encoder = new GeneratedJpegLs(COLUMNS, ROWS, 1, bits, 0, 0, 0);
    returns(encoder, CodedSamples.picture(ROWS, COLUMNS, 1, bits, bits));
    returns(encoder, CodedSamples.noise(ROWS * COLUMNS, bits, bits));
    returns(encoder, new int[ROWS * COLUMNS]);
  }

  @ParameterizedTest
  @CsvSource({"8, 0", "8, 1", "8, 2", "16, 0", "16, 1", "16, 2"})
  void colours_come_in_a_scan_each_or_interleaved_by_line_or_by_sample(int bits, int interleave) {
    var encoder = new GeneratedJpegLs(COLUMNS, ROWS, 3, bits, 0, interleave, 0);
    returns(encoder, CodedSamples.picture(ROWS, COLUMNS, 3, bits, interleave));
    returns(encoder, CodedSamples.noise(ROWS * COLUMNS * 3, bits, interleave));
    returns(encoder, new int[ROWS * COLUMNS * 3]);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "5, 2", "30, 2"})
  void near_lossless_samples_are_as_near_as_promised(int near, int interleave) {
    for (int bits : new int[] {8, 12}) {
      int[] samples = CodedSamples.picture(ROWS, COLUMNS, 3, bits, near);
      var encoder = new GeneratedJpegLs(COLUMNS, ROWS, 3, bits, near, interleave, 0);
      int[] decoded = decode(encoder.encode(samples), ROWS, COLUMNS, 3, bits);
      assertThat(decoded).isNotEqualTo(samples);
      for (int index = 0; index < samples.length; index++) {
        assertThat(decoded[index]).isBetween(samples[index] - near, samples[index] + near);
      }
    }
  }

  @Test
  void preset_parameters_are_used() {
    var encoder = new GeneratedJpegLs(COLUMNS, ROWS, 1, 12, 0, 0, 0, 5, 50, 500, 10);
    returns(encoder, CodedSamples.picture(ROWS, COLUMNS, 1, 12, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 28})
  void everything_learned_is_forgotten_at_a_restart(int rows) {
    returns(
        new GeneratedJpegLs(COLUMNS, ROWS, 1, 8, 0, 0, rows),
        CodedSamples.picture(ROWS, COLUMNS, 1, 8, rows));
    returns(
        new GeneratedJpegLs(COLUMNS, ROWS, 3, 8, 0, 2, rows),
        CodedSamples.picture(ROWS, COLUMNS, 3, 8, rows));
  }

  @Test
  void the_thinnest_images_decode() {
    returns(new GeneratedJpegLs(1, 1, 1, 16, 0, 0, 0), 12345);
    returns(new GeneratedJpegLs(1, 3, 1, 16, 0, 0, 0), 1, 65535, 7);
    returns(new GeneratedJpegLs(3, 1, 1, 16, 0, 0, 0), 1, 65535, 7);
  }

  @Test
  void defaults_of_the_standard() {
    assertThat(JpegLsPreset.NONE.complete(8, 0)).isEqualTo(new JpegLsPreset(255, 3, 7, 21, 64));
    assertThat(JpegLsPreset.NONE.complete(12, 0))
        .isEqualTo(new JpegLsPreset(4095, 18, 67, 276, 64));
    assertThat(JpegLsPreset.NONE.complete(16, 0))
        .isEqualTo(new JpegLsPreset(65535, 18, 67, 276, 64));
    assertThat(JpegLsPreset.NONE.complete(2, 0)).isEqualTo(new JpegLsPreset(3, 2, 3, 3, 64));
    assertThat(JpegLsPreset.NONE.complete(8, 3)).isEqualTo(new JpegLsPreset(255, 12, 22, 42, 64));
  }

  @Test
  void a_stream_that_is_damaged_is_refused_and_not_painted_over() {
    int[] samples = CodedSamples.noise(ROWS * COLUMNS, 8, 7);
    byte[] stream = new GeneratedJpegLs(COLUMNS, ROWS, 1, 8, 0, 0, 0).encode(samples);
    byte[] cut = Arrays.copyOf(stream, stream.length - 30);
    cut[cut.length - 2] = (byte) 0xff;
    cut[cut.length - 1] = (byte) 0xd9;
    refused(cut, "JPEG-LS scan ends before the image does");
    byte[] unrestarted = new GeneratedJpegLs(COLUMNS, ROWS, 1, 8, 0, 0, 20).encode(samples);
    for (int at = unrestarted.length - 1; at > 0; at--) {
      if (unrestarted[at - 1] == -1 && unrestarted[at] == (byte) 0xd0) {
        unrestarted[at] = (byte) 0xd1;
      }
    }
    refused(unrestarted, "JPEG-LS restart marker expected");
  }

  @Test
  void what_a_stream_must_not_be_is_refused() {
    byte[] stream = new GeneratedJpegLs(COLUMNS, ROWS, 1, 8, 0, 0, 0).encode(new int[1189]);
    byte[] lossless = GeneratedLossless.gray(COLUMNS, ROWS, 8).encode(new int[1189]);
    refused(lossless, "JPEG process SOF3 of 8 bits declared as JPEG-LS");
    byte[] deep = stream.clone();
    deep[6] = 17;
    refused(deep, "JPEG-LS of 17 bits");
    byte[] far = stream.clone();
    far[22] = (byte) 200;
    refused(far, "JPEG-LS with MAXVAL 255, NEAR 200");
    byte[] mapped = stream.clone();
    mapped[21] = 1;
    refused(mapped, "JPEG-LS with a mapping table");
    refused(
        new GeneratedJpegLs(COLUMNS, ROWS, 1, 8, 0, 0, 0, 9, 5, 2, 64).encode(new int[1189]),
        "JPEG-LS with preset parameters out of range");
    assertThatExceptionOfType(PixelDataException.class)
        .isThrownBy(
            () ->
                JpegImage.decode(
                    stream, CodedSamples.image(ROWS, COLUMNS, 1, 8), CodedSamples.LIMITS))
        .withMessage("JPEG process SOF55 of 8 bits");
    assertThatExceptionOfType(PixelDataException.class)
        .isThrownBy(
            () ->
                JpegLs.decode(
                    stream, CodedSamples.image(ROWS, COLUMNS, 1, 8), new PixelLimits(100, 1000)))
        .withMessageContaining("pixels of");
  }

  private static void refused(byte[] stream, String reason) {
    assertThatExceptionOfType(PixelDataException.class)
        .isThrownBy(() -> decode(stream, ROWS, COLUMNS, 1, 8))
        .withMessage(reason);
  }

  private static void returns(GeneratedJpegLs encoder, int... samples) {
    int[] decoded =
        decode(
            encoder.encode(samples),
            encoder.height(),
            encoder.width(),
            encoder.components(),
            encoder.precision());
    assertThat(decoded).isEqualTo(samples);
  }

  private static int[] decode(byte[] stream, int rows, int columns, int components, int bits) {
    ImagePixel image = CodedSamples.image(rows, columns, components, bits);
    return CodedSamples.of(JpegLs.decode(stream, image, CodedSamples.LIMITS));
  }
}
