package io.overread.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("JPEG Lossless (ITU-T T.81 Annex H)")
class JpegLosslessTest {
  private static final int ROWS = 23;
  private static final int COLUMNS = 37;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void every_predictor_gives_the_samples_back(int predictor) {
    for (int bits : new int[] {2, 8, 9, 12, 16}) {
      var encoder = GeneratedLossless.gray(COLUMNS, ROWS, bits).withPredictor(predictor);
      returns(encoder, CodedSamples.picture(ROWS, COLUMNS, 1, bits, predictor));
      returns(encoder, CodedSamples.noise(ROWS * COLUMNS, bits, predictor));
    }
  }

  @Test
  void differences_of_half_the_range_need_no_further_bits() {
    int[] samples = new int[ROWS * COLUMNS];
    Arrays.setAll(samples, index -> index % 2 == 0 ? 0x8000 : 0);
    returns(GeneratedLossless.gray(COLUMNS, ROWS, 16), samples);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void colours_come_in_one_scan_or_in_one_each(boolean interleaved) {
    for (int bits : new int[] {8, 16}) {
      var encoder =
          GeneratedLossless.gray(COLUMNS, ROWS, bits).withPredictor(4).ofColour(interleaved);
      returns(encoder, CodedSamples.picture(ROWS, COLUMNS, 3, bits, 1));
      returns(encoder.withRestarts(2), CodedSamples.noise(ROWS * COLUMNS * 3, bits, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 22, 23})
  void prediction_starts_anew_after_a_restart(int rows) {
    for (int predictor : new int[] {1, 2, 7}) {
      var encoder =
          GeneratedLossless.gray(COLUMNS, ROWS, 12).withPredictor(predictor).withRestarts(rows);
      returns(encoder, CodedSamples.picture(ROWS, COLUMNS, 1, 12, rows));
    }
  }

  @Test
  void a_point_transform_leaves_the_low_bits_out() {
    int[] samples = CodedSamples.picture(ROWS, COLUMNS, 1, 12, 5);
    int[] decoded =
        decode(GeneratedLossless.gray(COLUMNS, ROWS, 12).withPointTransform(3), samples);
    assertThat(decoded).isEqualTo(Arrays.stream(samples).map(sample -> sample & ~7).toArray());
  }

  @Test
  void the_thinnest_images_decode() {
    returns(GeneratedLossless.gray(1, 1, 16), 12345);
    returns(GeneratedLossless.gray(1, 3, 16).withPredictor(7), 1, 65535, 7);
    returns(GeneratedLossless.gray(3, 1, 16).withPredictor(6), 1, 65535, 7);
  }

  @Test
  void the_colour_space_is_the_declared_one() {
    var encoder = GeneratedLossless.gray(COLUMNS, ROWS, 8).ofColour(true);
    byte[] stream = encoder.encode(new int[ROWS * COLUMNS * 3]);
    ImagePixel declared =
        CodedSamples.image(ROWS, COLUMNS, 3, 8).as(PhotometricInterpretation.YBR_FULL);
    CodedFrame frame = JpegImage.decode(stream, declared, CodedSamples.LIMITS);
    assertThat(frame.image().photometricInterpretation())
        .isEqualTo(PhotometricInterpretation.YBR_FULL);
  }

  @Test
  void cells_are_as_wide_as_the_stream_and_keep_what_the_data_set_says_of_their_bits() {
    int[] samples = CodedSamples.picture(ROWS, COLUMNS, 1, 12, 6);
    byte[] stream = GeneratedLossless.gray(COLUMNS, ROWS, 16).encode(samples);
    StoredBits signed = new StoredBits(16, 12, 11, true);
    assertThat(layout(stream, signed)).isEqualTo(signed);
    assertThat(layout(stream, new StoredBits(8, 8, 7, false)))
        .isEqualTo(new StoredBits(16, 8, 7, false));
    assertThat(layout(stream, new StoredBits(32, 20, 19, false)))
        .isEqualTo(new StoredBits(16, 16, 15, false));
    byte[] octets = GeneratedLossless.gray(COLUMNS, ROWS, 8).encode(new int[ROWS * COLUMNS]);
    assertThat(layout(octets, new StoredBits(16, 12, 11, true)))
        .isEqualTo(new StoredBits(8, 8, 7, true));
  }

  @Test
  void a_stream_that_is_damaged_is_refused_and_not_painted_over() {
    var encoder = GeneratedLossless.gray(COLUMNS, ROWS, 12);
    int[] samples = CodedSamples.noise(ROWS * COLUMNS, 12, 7);
    byte[] stream = encoder.encode(samples);
    byte[] cut = Arrays.copyOf(stream, stream.length - 30);
    cut[cut.length - 2] = (byte) 0xff;
    cut[cut.length - 1] = (byte) 0xd9;
    refused(cut, "JPEG scan ends before the image does");
    byte[] unrestarted = encoder.withRestarts(4).encode(samples);
    for (int at = unrestarted.length - 1; at > 0; at--) {
      if (unrestarted[at - 1] == -1 && unrestarted[at] == (byte) 0xd2) {
        unrestarted[at] = (byte) 0xd3;
      }
    }
    refused(unrestarted, "JPEG restart marker expected");
    byte[] unpredicted = encoder.withPredictor(0).encode(samples);
    refused(unpredicted, "JPEG Lossless with predictor 0, point transform 0");
  }

  @Test
  void what_a_stream_must_not_be_is_refused() {
    byte[] stream = GeneratedLossless.gray(COLUMNS, ROWS, 12).encode(new int[ROWS * COLUMNS]);
    byte[] arithmetic = stream.clone();
    arithmetic[3] = (byte) 0xcb;
    refused(arithmetic, "JPEG process SOF11 of 12 bits");
    byte[] deep = stream.clone();
    deep[6] = 17;
    refused(deep, "JPEG process SOF3 of 17 bits");
    byte[] colour =
        GeneratedLossless.gray(COLUMNS, ROWS, 8).ofColour(true).encode(new int[ROWS * COLUMNS * 3]);
    refused(colour, "JPEG stream of 3 components, Samples per Pixel 1");
    assertThatExceptionOfType(PixelDataException.class)
        .isThrownBy(
            () ->
                JpegImage.decode(
                    stream, CodedSamples.image(ROWS, COLUMNS, 1, 12), new PixelLimits(100, 1000)))
        .withMessageContaining("pixels of");
  }

  private static void refused(byte[] stream, String reason) {
    assertThatExceptionOfType(PixelDataException.class)
        .isThrownBy(
            () ->
                JpegImage.decode(
                    stream, CodedSamples.image(ROWS, COLUMNS, 1, 12), CodedSamples.LIMITS))
        .withMessage(reason);
  }

  private static StoredBits layout(byte[] stream, StoredBits declared) {
    ImagePixel image =
        new ImagePixel(ROWS, COLUMNS, 1, PhotometricInterpretation.MONOCHROME2, false, declared);
    return JpegImage.decode(stream, image, CodedSamples.LIMITS).image().bits();
  }

  private static void returns(GeneratedLossless encoder, int... samples) {
    assertThat(decode(encoder, samples)).isEqualTo(samples);
  }

  private static int[] decode(GeneratedLossless encoder, int... samples) {
    ImagePixel image =
        CodedSamples.image(
            encoder.height(), encoder.width(), encoder.components(), encoder.precision());
    return CodedSamples.of(JpegImage.decode(encoder.encode(samples), image, CodedSamples.LIMITS));
  }
}
