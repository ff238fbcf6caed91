package io.overread.gateway.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.pixel.GeneratedImage;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.dicom.pixel.PixelSpacing;
import io.overread.dicom.pixel.StoredBits;
import io.overread.dicom.pixel.Undecodable.Cause;
import io.overread.dicom.pixel.VoiLutFunction;
import io.overread.dicom.pixel.Window;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Grey and colour of generated images; the expected levels are worked out by hand. */
class FrameRendererTest {
  private final FrameRenderer renderer = new FrameRenderer(PixelLimits.STANDARD);
  @TempDir private Path folder;

  @Test
  void the_first_window_of_the_data_set_is_applied_after_rescaling() {
    DataSet image = GeneratedImage.monochrome16(1, 4, 0, 1024, 1123, 5000);
    image.putString(Tag.RescaleSlope, "1").putString(Tag.RescaleIntercept, "-1024");
    image.putString(Tag.WindowCenter, "50", "0").putString(Tag.WindowWidth, "100", "10");
    // from 0 to 99 Hounsfield units
    assertThat(greys(image, null)).containsExactly(0, 0, 255, 255);
    assertThat(rendered(image, null).window()).contains(Window.linear(50, 100));
  }

  @Test
  void a_given_window_takes_the_place_of_the_data_sets() {
    DataSet image = GeneratedImage.monochrome16(1, 3, 0, 128, 255);
    image.putString(Tag.WindowCenter, "5").putString(Tag.WindowWidth, "2");
    assertThat(greys(image, Window.linear(128, 256))).containsExactly(0, 128, 255);
  }

  @Test
  void a_window_that_the_standard_excludes_is_passed_over() {
    DataSet image = GeneratedImage.monochrome16(1, 2, 0, 255);
    image.putString(Tag.WindowCenter, "5", "128").putString(Tag.WindowWidth, "0", "256");
    assertThat(rendered(image, null).window()).contains(Window.linear(128, 256));
  }

  @Test
  void VOI_LUT_Function_is_honoured() {
    DataSet image = GeneratedImage.monochrome16(1, 3, 90, 100, 110);
    image.putString(Tag.WindowCenter, "100").putString(Tag.WindowWidth, "40");
    image.putString(Tag.VOILUTFunction, "SIGMOID");
    // 0.2689, 0.5 and 0.7311 of 255
    assertThat(greys(image, null)).containsExactly(69, 128, 186);
    assertThat(rendered(image, null).window())
        .contains(new Window(100, 40, VoiLutFunction.SIGMOID));
  }

  @Test
  void MONOCHROME1_is_inverted() {
    DataSet image = GeneratedImage.octets("MONOCHROME1", 1, 3, 0, 100, 255);
    assertThat(greys(image, null)).containsExactly(255, 155, 0);
  }

  @Test
  void Presentation_LUT_Shape_decides_about_inversion_where_it_is_given() {
    DataSet second = GeneratedImage.octets("MONOCHROME2", 1, 2, 0, 100);
    assertThat(greys(second.putString(Tag.PresentationLUTShape, "INVERSE"), null))
        .containsExactly(255, 155);
    DataSet first = GeneratedImage.octets("MONOCHROME1", 1, 2, 0, 100);
    assertThat(greys(first.putString(Tag.PresentationLUTShape, "INVERSE"), null))
        .containsExactly(255, 155);
    assertThat(greys(first.putString(Tag.PresentationLUTShape, "IDENTITY"), null))
        .containsExactly(0, 100);
  }

  @Test
  void without_a_window_8_bits_are_shown_as_they_are() {
    DataSet image = GeneratedImage.octets("MONOCHROME2", 1, 3, 10, 100, 200);
    assertThat(greys(image, null)).containsExactly(10, 100, 200);
  }

  @Test
  void without_a_window_more_bits_are_shown_from_lowest_to_highest_and_padding_black() {
    DataSet image = GeneratedImage.monochrome16(1, 5, 63536, 1000, 2000, 3000, 65000);
    image.putInteger(Tag.PixelPaddingValue, 63536);
    image.putInteger(Tag.PixelPaddingRangeLimit, 65535);
    assertThat(greys(image, null)).containsExactly(0, 0, 128, 255, 0);
  }

  @Test
  void a_few_extreme_pixels_do_not_darken_the_rest() {
    int[] values = new int[1000];
    for (int index = 0; index < values.length; index++) {
      values[index] = 100 + index % 101;
    }
    values[500] = 65535;
    DataSet image = GeneratedImage.monochrome16(10, 100, values);
    assertThat(rendered(image, null).window()).contains(Window.spanning(100, 200));
  }

  @Test
  void a_flat_image_is_rendered() {
    assertThat(greys(GeneratedImage.monochrome16(1, 2, 7, 7), null)).containsExactly(0, 0);
  }

  @Test
  void a_Modality_LUT_comes_before_the_window() {
    DataSet image = GeneratedImage.monochrome16(1, 4, 0, 10, 11, 99);
    image.putItems(Tag.ModalityLUTSequence, lut(10, 16, GeneratedImage.words(300, 200, 100)));
    image.putString(Tag.WindowCenter, "200.5").putString(Tag.WindowWidth, "201");
    assertThat(greys(image, null)).containsExactly(255, 255, 128, 0);
  }

  @Test
  void a_VOI_LUT_is_used_where_there_is_no_window() {
    DataSet image = GeneratedImage.monochrome16(1, 4, 0, 1, 2, 3);
    image.putItems(Tag.VOILUTSequence, lut(1, 12, GeneratedImage.words(4095, 0, 2048)));
    assertThat(greys(image, null)).containsExactly(255, 255, 0, 128);
    assertThat(rendered(image, null).window()).isEmpty();
    image.putString(Tag.WindowCenter, "2").putString(Tag.WindowWidth, "4");
    assertThat(greys(image, null)).containsExactly(0, 85, 170, 255);
  }

  @Test
  void the_first_value_of_a_VOI_LUT_is_signed_where_its_input_may_be() {
    DataSet image = GeneratedImage.monochrome16(1, 3, 0, 1, 2);
    image.putString(Tag.RescaleSlope, "1").putString(Tag.RescaleIntercept, "-2");
    image.putItems(Tag.VOILUTSequence, lut(-2, 8, GeneratedImage.bytes(10, 20, 30, 0)));
    assertThat(greys(image, null)).containsExactly(10, 20, 30);
  }

  @Test
  void an_enhanced_objects_functional_groups_apply_to_their_frame() {
    DataSet image = GeneratedImage.monochrome16(1, 1, 100, 100);
    image.putString(Tag.NumberOfFrames, "2");
    image.putItems(Tag.SharedFunctionalGroupsSequence, groups("50", "100", "2", "0"));
    image.putItems(
        Tag.PerFrameFunctionalGroupsSequence, new DataSet(), groups("500", "1000", "1", "0"));
    Rendering first = render(image, 1, null);
    assertThat(grey(first)).isEqualTo(255);
    assertThat(((RenderedImage) first).window()).contains(Window.linear(50, 100));
    assertThat(((RenderedImage) first).spacing())
        .contains(new PixelSpacing(0.5, 0.25, PixelSpacing.Plane.PATIENT));
    assertThat(((RenderedImage) first).pixelAspectRatio()).isEqualTo(2);
    assertThat(grey(render(image, 2, null))).isEqualTo(26);
  }

  @Test
  void the_grey_of_an_image_is_the_same_by_raster_by_colour_and_in_a_file() throws IOException {
    var image = rendered(GeneratedImage.octets("MONOCHROME2", 1, 2, 100, 200), null).image();
    assertThat(image.getRGB(0, 0)).isEqualTo(0xff646464);
    var out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    var read = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
    assertThat(read.getRaster().getSample(1, 0, 0)).isEqualTo(200);
    assertThat(read.getRaster().getNumBands()).isEqualTo(1);
  }

  @Test
  void RGB_is_left_alone() {
    assertThat(colors(GeneratedImage.octets("RGB", 1, 2, 255, 0, 1, 2, 3, 4)))
        .containsExactly(0xff0001, 0x020304);
  }

  @Test
  void YBR_FULL_becomes_RGB() {
    // grey, then red, then a chrominance beyond the range of RGB
    DataSet image = GeneratedImage.octets("YBR_FULL", 1, 3, 77, 128, 128, 76, 85, 255, 255, 0, 255);
    assertThat(colors(image)).containsExactly(0x4d4d4d, 0xfe0000, 0xffd01c);
  }

  @Test
  void colour_of_16_bits_keeps_its_upper_ones() {
    DataSet image = GeneratedImage.of("RGB", 1, 1, new StoredBits(16, 16, 15, false));
    image.putBytes(Tag.PixelData, Vr.OW, GeneratedImage.words(0xffff, 0x80ff, 0x00ff));
    assertThat(colors(image)).containsExactly(0xff8000);
  }

  @Test
  void PALETTE_COLOR_goes_through_its_tables() {
    DataSet image = GeneratedImage.octets("PALETTE COLOR", 1, 4, 0, 1, 2, 200);
    palette(image, 1, 16);
    image.putBytes(Tag.RedPaletteColorLookupTableData, Vr.OW, GeneratedImage.words(0x1000, 0x2000));
    image.putBytes(
        Tag.GreenPaletteColorLookupTableData, Vr.OW, GeneratedImage.words(0x3000, 0x4000));
    image.putBytes(
        Tag.BluePaletteColorLookupTableData, Vr.OW, GeneratedImage.words(0x5000, 0xffff));
    assertThat(colors(image)).containsExactly(0x103050, 0x103050, 0x2040ff, 0x2040ff);
  }

  @Test
  void a_palette_of_8_bits_has_an_octet_an_entry() {
    DataSet image = GeneratedImage.octets("PALETTE COLOR", 1, 2, 0, 1);
    palette(image, 0, 8);
    image.putBytes(Tag.RedPaletteColorLookupTableData, Vr.OW, GeneratedImage.bytes(1, 2));
    image.putBytes(Tag.GreenPaletteColorLookupTableData, Vr.OW, GeneratedImage.bytes(3, 4));
    image.putBytes(Tag.BluePaletteColorLookupTableData, Vr.OW, GeneratedImage.bytes(5, 6));
    assertThat(colors(image)).containsExactly(0x010305, 0x020406);
  }

  @Test
  void what_cannot_be_rendered_says_why() {
    DataSet image = GeneratedImage.monochrome16(1, 1, 7);
    assertThat(render(image, 2, null)).isEqualTo(new NotRendered(Cause.ABSENT, "frame 2 of 1"));
    assertThat(render(image, 0, null)).isEqualTo(new NotRendered(Cause.ABSENT, "frame 0 of 1"));
    assertThat(render(new DataSet().putString(Tag.Modality, "SR"), 1, null))
        .isEqualTo(new NotRendered(Cause.ABSENT, "no Pixel Data"));
    assertThat(render(image.copy().putString(Tag.PhotometricInterpretation, "CMYK"), 1, null))
        .isEqualTo(new NotRendered(Cause.UNSUPPORTED, "Photometric Interpretation CMYK"));
    assertThat(render(image.copy().putInteger(Tag.Rows, 2), 1, null))
        .isEqualTo(
            new NotRendered(Cause.MALFORMED, "pixel data of 2 bytes ends before frame 1 does"));
    DataSet huge = image.copy().putInteger(Tag.Rows, 65535).putInteger(Tag.Columns, 65535);
    assertThat(render(huge, 1, null))
        .isEqualTo(new NotRendered(Cause.TOO_LARGE, "65535 x 65535 pixels of 1 x 16 bits"));
  }

  /** JPEG XL, video, JPIP: kept as they came, and each says what it is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        Uid.JPEGXLLossless,
        Uid.JPEGXLJPEGRecompression,
        Uid.JPEGXL,
        Uid.MPEG2MPML,
        Uid.MPEG2MPHLF,
        Uid.MPEG4HP41,
        Uid.MPEG4HP42STEREO,
        Uid.HEVCMP51,
        Uid.HEVCM10P51,
        Uid.JPEG2000MCLossless
      })
  void a_transfer_syntax_that_is_not_decoded_is_named(String syntax) {
    DataSet image = GeneratedImage.octets("MONOCHROME2", 1, 1, 7);
    GeneratedImage.putFragments(image, new byte[0], List.of(new byte[2]));
    Path file = GeneratedImage.write(folder, syntax, image);
    NotRendered why =
        new NotRendered(
            Cause.UNSUPPORTED,
            "transfer syntax %s (%s)".formatted(TransferSyntax.of(syntax).name(), syntax));
    assertThat(why.reason()).containsPattern("(JPEG|MPEG|HEVC).+ \\(1\\.2\\.840");
    assertThat(renderer.render(file, 1, null)).isEqualTo(why);
    assertThat(renderer.pixels(file, 1)).isEqualTo(why);
  }

  @Test
  void a_file_that_cannot_be_read_is_an_exception() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> renderer.render(folder.resolve("absent.dcm"), 1, null));
  }

  private static DataSet lut(int firstMapped, int bits, byte[] data) {
    int count = bits == 8 ? data.length - 1 : data.length / 2;
    DataSet item = new DataSet();
    item.putInteger(Tag.LUTDescriptor, firstMapped < 0 ? Vr.SS : Vr.US, count, firstMapped, bits);
    return item.putBytes(Tag.LUTData, Vr.OW, data);
  }

  private static DataSet groups(String center, String width, String slope, String intercept) {
    DataSet voi = new DataSet();
    voi.putString(Tag.WindowCenter, center).putString(Tag.WindowWidth, width);
    DataSet transformation = new DataSet();
    transformation.putString(Tag.RescaleSlope, slope).putString(Tag.RescaleIntercept, intercept);
    DataSet measures = new DataSet().putString(Tag.PixelSpacing, "0.5", "0.25");
    DataSet groups = new DataSet();
    groups.putItems(Tag.FrameVOILUTSequence, voi);
    groups.putItems(Tag.PixelValueTransformationSequence, transformation);
    return groups.putItems(Tag.PixelMeasuresSequence, measures);
  }

  private static void palette(DataSet image, int firstMapped, int bits) {
    image.putInteger(Tag.RedPaletteColorLookupTableDescriptor, Vr.US, 2, firstMapped, bits);
    image.putInteger(Tag.GreenPaletteColorLookupTableDescriptor, Vr.US, 2, firstMapped, bits);
    image.putInteger(Tag.BluePaletteColorLookupTableDescriptor, Vr.US, 2, firstMapped, bits);
  }

  private Rendering render(DataSet dataSet, int frame, @Nullable Window window) {
    Path file = GeneratedImage.write(folder, Uid.ExplicitVRLittleEndian, dataSet);
    return renderer.render(file, frame, window);
  }

  private RenderedImage rendered(DataSet dataSet, @Nullable Window window) {
    Rendering rendering = render(dataSet, 1, window);
    assertThat(rendering).isInstanceOf(RenderedImage.class);
    return (RenderedImage) rendering;
  }

  private int[] greys(DataSet dataSet, @Nullable Window window) {
    var image = rendered(dataSet, window).image();
    return image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
  }

  private static int grey(Rendering rendering) {
    return ((RenderedImage) rendering).image().getRaster().getSample(0, 0, 0);
  }

  private int[] colors(DataSet dataSet) {
    var image = rendered(dataSet, null).image();
    int[] colors = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, 1000);
    for (int index = 0; index < colors.length; index++) {
      colors[index] &= 0xffffff;
    }
    return Arrays.copyOf(colors, image.getWidth());
  }
}
