package io.overread.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.pixel.jpeg2000.ReferenceStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Frames in JPEG 2000")
class Jpeg2000Test {
  private static final ReferenceStream GREY = ReferenceStream.named("lrcp");

  private final FrameDecoder decoder = new FrameDecoder(CodedSamples.LIMITS);

  @ParameterizedTest
  @ValueSource(
      strings = {
        Uid.JPEG2000Lossless,
        Uid.JPEG2000,
        Uid.HTJ2KLossless,
        Uid.HTJ2KLosslessRPCL,
        Uid.HTJ2K
      })
  void a_stream_is_decoded_as_it_is_coded_in_any_of_the_syntaxes(String syntax) throws IOException {
    DataSet image = grey(new StoredBits(16, 12, 11, false), GREY);
    assertThat(decode(syntax, image, GREY)).isInstanceOf(DecodedFrame.class);
    ReferenceStream throughput = ReferenceStream.named("ht-16");
    image = grey(new StoredBits(16, 16, 15, false), throughput);
    assertThat(decode(syntax, image, throughput)).isInstanceOf(DecodedFrame.class);
  }

  @Test
  void the_sign_is_the_streams_or_that_of_the_stored_bits() throws IOException {
    ReferenceStream signed = ReferenceStream.named("signed");
    FrameRaster raster =
        raster(Uid.JPEG2000Lossless, grey(new StoredBits(16, 12, 11, true), signed), signed);
    FrameRaster unsigned =
        raster(Uid.JPEG2000Lossless, grey(new StoredBits(16, 12, 11, false), GREY), GREY);
    FrameRaster reinterpreted =
        raster(Uid.JPEG2000Lossless, grey(new StoredBits(16, 12, 11, true), GREY), GREY);
    // The same picture, 2048 lower.
    for (int index = 0; index < unsigned.size(); index++) {
      long value = unsigned.value(index);
      assertThat(raster.value(index)).isEqualTo(value - 2048);
      assertThat(reinterpreted.value(index)).isEqualTo(value < 2048 ? value : value - 4096);
    }
  }

  /** Lossy values beyond Bits Stored are white; lossless ones are foreign bits, and cut off. */
  @Test
  void values_beyond_the_bits_stored_do_not_turn_over_where_losses_may_cause_them()
      throws IOException {
    DataSet image = grey(new StoredBits(16, 11, 10, false), GREY);
    FrameRaster whole = raster(Uid.JPEG2000, grey(new StoredBits(16, 12, 11, false), GREY), GREY);
    FrameRaster lossy = raster(Uid.JPEG2000, image, GREY);
    FrameRaster lossless = raster(Uid.JPEG2000Lossless, image, GREY);
    for (int index = 0; index < whole.size(); index++) {
      assertThat(lossy.value(index)).isEqualTo(Math.min(whole.value(index), 2047));
      assertThat(lossless.value(index)).isEqualTo(whole.value(index) & 2047);
    }
  }

  @Test
  void samples_of_more_than_16_bits_come_in_cells_of_32() throws IOException {
    ReferenceStream deep = ReferenceStream.named("deep");
    FrameRaster raster =
        raster(Uid.JPEG2000Lossless, grey(new StoredBits(32, 20, 19, false), deep), deep);
    assertThat(raster.bits()).isEqualTo(32);
    long most = 0;
    for (int index = 0; index < raster.size(); index++) {
      most = Math.max(most, raster.value(index));
    }
    assertThat(most).isBetween(1L << 19, (1L << 20) - 1);
  }

  /**
   * The transformation of the stream decides, whatever the data set was left with (PS3.5 8.2.4).
   */
  @ParameterizedTest
  @CsvSource({
    "pcrl-colour, YBR_RCT, false",
    "pcrl-colour, RGB, false",
    "pcrl-colour, YBR_FULL, false",
    "irreversible-colour, YBR_ICT, false",
    "ht-colour, YBR_RCT, false",
    "cprl-untransformed, RGB, false",
    "cprl-untransformed, YBR_FULL, true",
    "cprl-untransformed, YBR_FULL_422, true"
  })
  void colour_is_red_green_and_blue_unless_an_untransformed_stream_holds_luminance(
      String name, String photometric, boolean luminance) throws IOException {
    ReferenceStream stream = ReferenceStream.named(name);
    DataSet image =
        GeneratedImage.of(
            photometric, stream.rows(), stream.columns(), new StoredBits(8, 8, 7, false));
    DecodedFrame frame = (DecodedFrame) decode(Uid.JPEG2000, image, stream);
    assertThat(frame.presentation()).isEqualTo(new Presentation.Color(luminance));
  }

  @Test
  void a_stream_of_another_size_is_refused_before_anything_is_taken_for_it() throws IOException {
    DataSet image = GeneratedImage.of("MONOCHROME2", 41, 37, new StoredBits(16, 12, 11, false));
    assertThat(decode(Uid.JPEG2000, image, GREY))
        .isEqualTo(
            new Undecodable(
                Undecodable.Cause.MALFORMED,
                "JPEG 2000 stream of 40 x 37 pixels in an image of Rows 41, Columns 37"));
    DataSet colour = GeneratedImage.of("RGB", 40, 37, new StoredBits(8, 8, 7, false));
    assertThat(decode(Uid.JPEG2000, colour, GREY))
        .isEqualTo(
            new Undecodable(
                Undecodable.Cause.MALFORMED,
                "JPEG 2000 stream of 1 components, Samples per Pixel 3"));
  }

  @Test
  void a_refusal_keeps_its_kind() throws IOException {
    DataSet image = grey(new StoredBits(16, 12, 11, false), GREY);
    GeneratedImage.putFragments(image, new byte[0], List.of(new byte[20]));
    assertThat(decoder.decode(TransferSyntax.of(Uid.JPEG2000), image, 1))
        .isEqualTo(
            new Undecodable(
                Undecodable.Cause.MALFORMED, "JPEG 2000 stream does not start with SOC and SIZ"));
  }

  @Test
  void the_transformed_colours_of_JPEG_2000_are_not_shown_in_another_syntax() throws IOException {
    DataSet image = GeneratedImage.of("YBR_RCT", 1, 1, new StoredBits(8, 8, 7, false));
    image.putBytes(Tag.PixelData, Vr.OB, new byte[4]);
    assertThat(decoder.decode(TransferSyntax.of(Uid.ExplicitVRLittleEndian), image, 1))
        .isEqualTo(
            new Undecodable(
                Undecodable.Cause.UNSUPPORTED,
                "Photometric Interpretation YBR_RCT outside JPEG 2000"));
  }

  /** Frames of several fragments, without an offset table: each starts as a codestream does. */
  @Test
  void frames_in_several_fragments_are_found_by_their_starts() throws IOException {
    byte[] stream = GREY.bytes();
    int half = stream.length / 4 * 2;
    byte[] start = Arrays.copyOf(stream, half);
    byte[] rest = Arrays.copyOfRange(stream, half, stream.length);
    DataSet image = grey(new StoredBits(16, 12, 11, false), GREY);
    image.putString(Tag.NumberOfFrames, "2");
    GeneratedImage.putFragments(image, new byte[0], List.of(start, rest, start, rest));
    for (int frame = 1; frame <= 2; frame++) {
      assertThat(decoder.decode(TransferSyntax.of(Uid.JPEG2000), image, frame))
          .isInstanceOf(DecodedFrame.class);
    }
  }

  private FrameRaster raster(String syntax, DataSet image, ReferenceStream stream)
      throws IOException {
    return ((DecodedFrame) decode(syntax, image, stream)).stored();
  }

  private FrameDecoding decode(String syntax, DataSet image, ReferenceStream stream)
      throws IOException {
    GeneratedImage.putFragments(image, new byte[0], List.of(stream.bytes()));
    return decoder.decode(TransferSyntax.of(syntax), image, 1);
  }

  private static DataSet grey(StoredBits bits, ReferenceStream stream) {
    return GeneratedImage.of("MONOCHROME2", stream.rows(), stream.columns(), bits);
  }
}
