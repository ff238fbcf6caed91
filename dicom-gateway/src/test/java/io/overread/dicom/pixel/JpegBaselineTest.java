package io.overread.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("JPEG of 8 bits")
class JpegBaselineTest {
  private static final int SIDE = 8;
  private static final StoredBits OCTET = new StoredBits(8, 8, 7, false);

  @Test
  void grey_comes_as_stored() {
    int[] greys = new int[SIDE * SIDE];
    Arrays.setAll(greys, index -> 40 + index);
    byte[] stream = GeneratedJpeg.gray(SIDE, SIDE, greys);
    byte[] samples = decode(stream, PhotometricInterpretation.MONOCHROME2).cells();
    for (int index = 0; index < greys.length; index++) {
      assertThat(samples[index] & 0xff).isBetween(greys[index] - 1, greys[index] + 1);
    }
  }

  @Test
  void components_come_untransformed_whatever_they_are() {
    for (PhotometricInterpretation declared :
        new PhotometricInterpretation[] {
          PhotometricInterpretation.RGB, PhotometricInterpretation.YBR_FULL_422
        }) {
      for (String adobe : new String[] {"", "0", "1"}) {
        byte[] stream = GeneratedJpeg.components(SIDE, SIDE, adobe, filled(200, 60, 90));
        byte[] samples = decode(stream, declared).cells();
        assertThat(samples[0] & 0xff).isBetween(199, 201);
        assertThat(samples[1] & 0xff).isBetween(59, 61);
        assertThat(samples[2] & 0xff).isBetween(89, 91);
      }
    }
  }

  @Test
  void without_markers_the_data_set_tells_the_colour_space() {
    byte[] stream = GeneratedJpeg.components(SIDE, SIDE, filled(1, 2, 3));
    assertThat(space(stream, PhotometricInterpretation.RGB))
        .isEqualTo(PhotometricInterpretation.RGB);
    assertThat(space(stream, PhotometricInterpretation.YBR_FULL_422))
        .isEqualTo(PhotometricInterpretation.YBR_FULL);
  }

  @Test
  void an_Adobe_marker_tells_the_colour_space_against_the_data_set() {
    byte[] rgb = GeneratedJpeg.components(SIDE, SIDE, "0", filled(1, 2, 3));
    assertThat(space(rgb, PhotometricInterpretation.YBR_FULL_422))
        .isEqualTo(PhotometricInterpretation.RGB);
    byte[] ybr = GeneratedJpeg.components(SIDE, SIDE, "1", filled(1, 2, 3));
    assertThat(space(ybr, PhotometricInterpretation.RGB))
        .isEqualTo(PhotometricInterpretation.YBR_FULL);
  }

  @Test
  void components_named_R_G_and_B_are_RGB() {
    byte[] stream = GeneratedJpeg.components(SIDE, SIDE, filled(1, 2, 3));
    rename(stream, 'R', 'G', 'B');
    assertThat(space(stream, PhotometricInterpretation.YBR_FULL))
        .isEqualTo(PhotometricInterpretation.RGB);
  }

  @Test
  void a_JFIF_marker_tells_luminance_and_chrominance() {
    byte[] bare = GeneratedJpeg.components(SIDE, SIDE, filled(1, 2, 3));
    byte[] jfif = {-1, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};
    byte[] stream = Arrays.copyOf(bare, bare.length + jfif.length);
    System.arraycopy(jfif, 0, stream, 2, jfif.length);
    System.arraycopy(bare, 2, stream, 2 + jfif.length, bare.length - 2);
    assertThat(space(stream, PhotometricInterpretation.RGB))
        .isEqualTo(PhotometricInterpretation.YBR_FULL);
  }

  @Test
  void padding_after_the_end_is_ignored() {
    byte[] stream = GeneratedJpeg.gray(SIDE, SIDE, new int[SIDE * SIDE]);
    byte[] padded = Arrays.copyOf(stream, stream.length + 1);
    assertThat(decode(padded, PhotometricInterpretation.MONOCHROME2).cells()).containsOnly(0);
  }

  @Test
  void a_stream_that_is_damaged_is_refused_and_not_painted_over() {
    byte[] stream = GeneratedJpeg.gray(SIDE, SIDE, noise(SIDE * SIDE));
    refused(Arrays.copyOf(stream, stream.length - 2), "JPEG stream ends within a scan");
    byte[] cut = Arrays.copyOf(stream, stream.length - 20);
    cut[cut.length - 2] = (byte) 0xff;
    cut[cut.length - 1] = (byte) 0xd9;
    assertThatExceptionOfType(PixelDataException.class)
        .isThrownBy(() -> decode(cut, PhotometricInterpretation.MONOCHROME2))
        .withMessageStartingWith("JPEG stream is damaged: ");
    refused(new byte[100], "no JPEG stream (SOI is missing)");
    refused(new byte[] {-1, (byte) 0xd8, 7, 7, 7}, "JPEG marker expected");
  }

  @Test
  void a_stream_of_another_size_or_kind_than_the_image_is_refused() {
    refused(
        GeneratedJpeg.gray(16, 8, new int[128]),
        "JPEG stream of 8 x 16 pixels in an image of Rows 8, Columns 8");
    refused(
        GeneratedJpeg.components(SIDE, SIDE, filled(1, 2, 3)),
        "JPEG stream of 3 components, Samples per Pixel 1");
  }

  @Test
  void hierarchical_and_arithmetically_coded_streams_are_not_decoded() {
    byte[] stream = GeneratedJpeg.gray(SIDE, SIDE, new int[SIDE * SIDE]);
    int frameHeader = frameHeader(stream);
    stream[frameHeader + 1] = (byte) 0xc5;
    refused(stream, "JPEG process SOF5 of 8 bits");
    stream[frameHeader + 1] = (byte) 0xc9;
    refused(stream, "JPEG process SOF9 of 8 bits");
  }

  private static void refused(byte[] stream, String reason) {
    assertThatExceptionOfType(PixelDataException.class)
        .isThrownBy(() -> decode(stream, PhotometricInterpretation.MONOCHROME2))
        .withMessage(reason);
  }

  private static PhotometricInterpretation space(
      byte[] stream, PhotometricInterpretation declared) {
    return decode(stream, declared).image().photometricInterpretation();
  }

  private static CodedFrame decode(byte[] stream, PhotometricInterpretation declared) {
    int samples = declared.samplesPerPixel();
    ImagePixel image = new ImagePixel(SIDE, SIDE, samples, declared, false, OCTET);
    return JpegImage.decode(stream, image, CodedSamples.LIMITS);
  }

  private static int[] filled(int first, int second, int third) {
    int[] samples = new int[SIDE * SIDE * 3];
    Arrays.setAll(samples, index -> new int[] {first, second, third}[index % 3]);
    return samples;
  }

  private static int[] noise(int count) {
    int[] samples = new int[count];
    Arrays.setAll(samples, index -> index * 37 % 256);
    return samples;
  }

  private static int frameHeader(byte[] stream) {
    for (int at = 2; at + 1 < stream.length; at++) {
      if (stream[at] == -1 && stream[at + 1] == (byte) 0xc0) {
        return at;
      }
    }
    throw new AssertionError("no baseline frame header");
  }

  /** Gives the components other identifiers, in the frame header and in the scan header. */
  private static void rename(byte[] stream, char... names) {
    int frame = frameHeader(stream);
    for (int at = frame; at + 1 < stream.length; at++) {
      if (stream[at] == -1 && stream[at + 1] == (byte) 0xda) {
        for (int component = 0; component < names.length; component++) {
          stream[frame + 10 + 3 * component] = (byte) names[component];
          stream[at + 5 + 2 * component] = (byte) names[component];
        }
        return;
      }
    }
    throw new AssertionError("no scan");
  }
}
