package io.overread.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Frames in JPEG and JPEG-LS")
class CodedFrameDecodingTest {
  private static final int ROWS = 12;
  private static final int COLUMNS = 20;
  private static final int[] SAMPLES = CodedSamples.picture(ROWS, COLUMNS, 1, 12, 1);
  private static final byte[] LOSSLESS = GeneratedLossless.gray(COLUMNS, ROWS, 12).encode(SAMPLES);
  private static final byte[] JPEG_LS =
      new GeneratedJpegLs(COLUMNS, ROWS, 1, 12, 0, 0, 0).encode(SAMPLES);

  private final FrameDecoder decoder = new FrameDecoder(CodedSamples.LIMITS);

  @ParameterizedTest
  @ValueSource(
      strings = {
        Uid.JPEGExtended12Bit,
        Uid.JPEGSpectralSelectionNonHierarchical68,
        Uid.JPEGFullProgressionNonHierarchical1012,
        Uid.JPEGLossless,
        Uid.JPEGLosslessSV1
      })
  void a_JPEG_stream_is_decoded_by_its_own_process_in_any_JPEG_syntax(String syntax)
      throws IOException {
    assertThat(values(decode(syntax, image(false), LOSSLESS))).containsExactly(SAMPLES);
  }

  @ParameterizedTest
  @ValueSource(strings = {Uid.JPEGLSLossless, Uid.JPEGLSNearLossless})
  void a_JPEG_LS_stream_is_decoded_in_both_syntaxes(String syntax) throws IOException {
    assertThat(values(decode(syntax, image(false), JPEG_LS))).containsExactly(SAMPLES);
  }

  /** The streams know no sign: the stored bits are theirs as an unsigned number (PS3.5 8.2.1). */
  @Test
  void signed_values_come_back_with_their_sign() throws IOException {
    int[] signed = Arrays.stream(SAMPLES).map(sample -> sample << 20 >> 20).toArray();
    assertThat(Arrays.stream(signed).min().orElseThrow()).isNegative();
    assertThat(values(decode(Uid.JPEGLosslessSV1, image(true), LOSSLESS))).containsExactly(signed);
    assertThat(values(decode(Uid.JPEGLSLossless, image(true), JPEG_LS))).containsExactly(signed);
  }

  @Test
  void colour_comes_by_pixel_whatever_the_planar_configuration() throws IOException {
    int[] samples = CodedSamples.picture(ROWS, COLUMNS, 3, 8, 2);
    byte[] lossless = GeneratedLossless.gray(COLUMNS, ROWS, 8).ofColour(true).encode(samples);
    byte[] jpegLs = new GeneratedJpegLs(COLUMNS, ROWS, 3, 8, 0, 0, 0).encode(samples);
    for (int planar : new int[] {0, 1}) {
      DataSet image = GeneratedImage.of("RGB", ROWS, COLUMNS, new StoredBits(8, 8, 7, false));
      image.putInteger(Tag.PlanarConfiguration, planar);
      assertThat(values(decode(Uid.JPEGLossless, image, lossless))).containsExactly(samples);
      assertThat(values(decode(Uid.JPEGLSLossless, image, jpegLs))).containsExactly(samples);
    }
  }

  @Test
  void a_stream_of_the_other_family_is_refused() throws IOException {
    assertThat(decode(Uid.JPEGLSLossless, image(false), LOSSLESS))
        .isEqualTo(
            new Undecodable(
                Undecodable.Cause.UNSUPPORTED, "JPEG process SOF3 of 12 bits declared as JPEG-LS"));
    assertThat(decode(Uid.JPEGLossless, image(false), JPEG_LS))
        .isEqualTo(new Undecodable(Undecodable.Cause.UNSUPPORTED, "JPEG process SOF55 of 12 bits"));
  }

  @Test
  void the_arithmetic_and_hierarchical_syntaxes_are_not_decoded() throws IOException {
    for (String syntax :
        List.of(
            Uid.JPEGExtended35,
            Uid.JPEGFullProgressionNonHierarchical1113,
            Uid.JPEGLosslessNonHierarchical15,
            Uid.JPEGLosslessHierarchical28)) {
      Undecodable refusal = (Undecodable) decode(syntax, image(false), LOSSLESS);
      assertThat(refusal.cause()).isEqualTo(Undecodable.Cause.UNSUPPORTED);
      assertThat(refusal.reason()).startsWith("transfer syntax JPEG ").contains(syntax);
    }
  }

  private FrameDecoding decode(String syntax, DataSet image, byte[] stream) throws IOException {
    GeneratedImage.putFragments(image, new byte[0], List.of(stream));
    return decoder.decode(TransferSyntax.of(syntax), image, 1);
  }

  private static DataSet image(boolean signed) {
    return GeneratedImage.of("MONOCHROME2", ROWS, COLUMNS, new StoredBits(16, 12, 11, signed));
  }

  private static int[] values(FrameDecoding decoding) {
    FrameRaster stored = ((DecodedFrame) decoding).stored();
    int[] values = new int[stored.size()];
    Arrays.setAll(values, index -> (int) stored.value(index));
    return values;
  }
}
