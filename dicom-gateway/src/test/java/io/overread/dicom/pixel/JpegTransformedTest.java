package io.overread.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the JDK's codec, which decodes 8 bits; DcmtkGeneratedIT has the 12 bits. */
@DisplayName("JPEG Extended and progressive (ITU-T T.81 Annexes F and G)")
class JpegTransformedTest {
  private static final int ROWS = 45;
  private static final int COLUMNS = 67;

  @ParameterizedTest
  @CsvSource({"1, 0.2", "1, 0.9", "3, 0.2", "3, 0.9"})
  void progressive_samples_are_those_of_the_JDK_codec(int components, float quality) {
    byte[] stream =
        GeneratedJpeg.progressive(COLUMNS, ROWS, quality, picture(components, ROWS, COLUMNS));
    isDecodedAlike(stream, components, ROWS, COLUMNS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void sequential_samples_are_those_of_the_JDK_codec(int components) {
    int[] picture = picture(components, ROWS, COLUMNS);
    byte[] stream =
        components == 1
            ? GeneratedJpeg.gray(COLUMNS, ROWS, picture)
            : GeneratedJpeg.components(COLUMNS, ROWS, picture);
    isDecodedAlike(stream, components, ROWS, COLUMNS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 9, 13})
  void restarts_are_those_of_the_JDK_codec(int interval) {
    byte[] stream = GeneratedJpeg.restarting(COLUMNS, ROWS, interval, picture(3, ROWS, COLUMNS));
    marker(stream, 0xd0, 0);
    isDecodedAlike(stream, 3, ROWS, COLUMNS);
  }

  @Test
  void images_of_any_size_are_those_of_the_JDK_codec() {
    for (int side : new int[] {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33}) {
      byte[] wide = GeneratedJpeg.progressive(side, 20, 0.8f, picture(3, 20, side));
      isDecodedAlike(wide, 3, 20, side);
      byte[] high = GeneratedJpeg.progressive(20, side, 0.8f, picture(3, side, 20));
      isDecodedAlike(high, 3, side, 20);
    }
  }

  @Test
  void a_level_beyond_the_bits_stored_stays_white() {
    int[] white = new int[64];
    Arrays.fill(white, 255);
    JpegStream stream = JpegStream.read(GeneratedJpeg.gray(8, 8, white));
    StoredBits sevenBits = new StoredBits(8, 7, 6, false);
    ImagePixel image =
        new ImagePixel(8, 8, 1, PhotometricInterpretation.MONOCHROME2, false, sevenBits);
    assertThat(JpegTransformed.decode(stream, image)).containsOnly(127);
  }

  @Test
  void a_stream_that_is_damaged_is_refused_and_not_painted_over() {
    byte[] stream = GeneratedJpeg.progressive(COLUMNS, ROWS, 0.9f, picture(1, ROWS, COLUMNS));
    byte[] cut = Arrays.copyOf(stream, stream.length - 40);
    cut[cut.length - 2] = (byte) 0xff;
    cut[cut.length - 1] = (byte) 0xd9;
    refused(cut, "JPEG scan ends before the image does");
  }

  @Test
  void scans_that_do_not_go_on_from_each_other_are_refused() {
    byte[] stream = GeneratedJpeg.progressive(COLUMNS, ROWS, 0.9f, picture(1, ROWS, COLUMNS));
    int scan = marker(stream, 0xda, 0);
    byte[] twice = new byte[stream.length + marker(stream, 0xc4, scan) - scan];
    System.arraycopy(stream, 0, twice, 0, marker(stream, 0xc4, scan));
    System.arraycopy(stream, scan, twice, marker(stream, 0xc4, scan), stream.length - scan);
    refused(twice, "JPEG scan out of its order (G.1.1.1)");
    byte[] wide = stream.clone();
    wide[scan + 8] = 5;
    refused(wide, "JPEG progressive scan of no allowed kind (G.1.1.1)");
  }

  @Test
  void more_scans_than_any_encoder_makes_are_refused_before_they_are_decoded() {
    byte[] stream = GeneratedJpeg.progressive(COLUMNS, ROWS, 0.1f, picture(1, ROWS, COLUMNS));
    int scan = marker(stream, 0xda, 0);
    int length = marker(stream, 0xc4, scan) - scan;
    byte[] longer = Arrays.copyOf(stream, scan + 200 * length + 2);
    for (int copy = 1; copy < 200; copy++) {
      System.arraycopy(stream, scan, longer, scan + copy * length, length);
    }
    longer[longer.length - 2] = (byte) 0xff;
    longer[longer.length - 1] = (byte) 0xd9;
    refused(longer, "JPEG stream with too many scans");
  }

  private static int[] picture(int components, int rows, int columns) {
    return CodedSamples.picture(rows, columns, components, 8, rows * 100L + columns);
  }

  private static void isDecodedAlike(byte[] bytes, int components, int rows, int columns) {
    JpegStream stream = JpegStream.read(bytes);
    ImagePixel image = CodedSamples.image(rows, columns, components, 8);
    assertThat(JpegTransformed.decode(stream, image)).isEqualTo(JpegBaseline.decode(stream, image));
  }

  private static void refused(byte[] stream, String reason) {
    assertThatExceptionOfType(PixelDataException.class)
        .isThrownBy(
            () ->
                JpegImage.decode(
                    stream, CodedSamples.image(ROWS, COLUMNS, 1, 8), CodedSamples.LIMITS))
        .withMessage(reason);
  }

  private static int marker(byte[] stream, int marker, int from) {
    for (int at = from; at + 1 < stream.length; at++) {
      if (stream[at] == -1 && stream[at + 1] == (byte) marker) {
        return at;
      }
    }
    throw new AssertionError("no such marker");
  }
}
