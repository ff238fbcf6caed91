package io.overread.gateway.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
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
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a viewer that applies windows itself gets. */
class FramePixelsTest {
  private final FrameRenderer renderer = new FrameRenderer(PixelLimits.STANDARD);
  @TempDir private Path folder;

  @Test
  void stored_values_come_with_what_makes_them_visible() {
    DataSet image =
        GeneratedImage.of("MONOCHROME1", 1, 2, new StoredBits(16, 12, 11, true))
            .putBytes(Tag.PixelData, Vr.OW, GeneratedImage.words(0x0fff, 0xf7ff));
    image.putString(Tag.RescaleSlope, "0.5").putString(Tag.RescaleIntercept, "-1024");
    image.putString(Tag.WindowCenter, "40").putString(Tag.WindowWidth, "400");
    image.putString(Tag.VOILUTFunction, "LINEAR_EXACT");
    image.putString(Tag.ImagerPixelSpacing, "0.2", "0.1");
    FramePixels pixels = pixels(image);
    assertThat(pixels.toLittleEndian()).containsExactly(0xff, 0xff, 0xff, 0x07);
    assertThat(pixels.raster().bits()).isEqualTo(16);
    assertThat(pixels.raster().signed()).isTrue();
    assertThat(pixels.raster().samplesPerPixel()).isEqualTo(1);
    assertThat(pixels.slope()).isEqualTo(0.5);
    assertThat(pixels.intercept()).isEqualTo(-1024);
    assertThat(pixels.window()).isEqualTo(new Window(40, 400, VoiLutFunction.LINEAR_EXACT));
    assertThat(pixels.inverted()).isTrue();
    assertThat(pixels.spacing()).contains(new PixelSpacing(0.2, 0.1, PixelSpacing.Plane.IMAGER));
  }

  @Test
  void up_to_8_bits_come_as_bytes_whatever_their_cells() {
    DataSet image =
        GeneratedImage.of("MONOCHROME2", 1, 2, new StoredBits(16, 8, 7, false))
            .putBytes(Tag.PixelData, Vr.OW, GeneratedImage.words(0x1207, 0xff));
    assertThat(pixels(image).toLittleEndian()).containsExactly(7, 0xff);
    assertThat(pixels(image).window()).isEqualTo(Window.spanning(0, 255));
  }

  @Test
  void after_a_Modality_LUT_the_values_are_the_tables() {
    DataSet image = GeneratedImage.monochrome16(1, 3, 0, 1, 2);
    image.putItems(
        Tag.ModalityLUTSequence,
        new DataSet()
            .putInteger(Tag.LUTDescriptor, Vr.US, 3, 0, 16)
            .putBytes(Tag.LUTData, Vr.OW, GeneratedImage.words(500, 0, 65535)));
    FramePixels pixels = pixels(image);
    assertThat(pixels.toLittleEndian()).isEqualTo(GeneratedImage.words(500, 0, 65535));
    assertThat(pixels.slope()).isEqualTo(1);
    assertThat(pixels.intercept()).isZero();
    assertThat(pixels.raster().signed()).isFalse();
  }

  @Test
  void after_a_VOI_LUT_the_values_are_finished_grey() {
    DataSet image = GeneratedImage.monochrome16(1, 2, 0, 1);
    image.putString(Tag.PhotometricInterpretation, "MONOCHROME1");
    image.putItems(
        Tag.VOILUTSequence,
        new DataSet()
            .putInteger(Tag.LUTDescriptor, Vr.US, 2, 0, 8)
            .putBytes(Tag.LUTData, Vr.OW, GeneratedImage.bytes(10, 20)));
    FramePixels pixels = pixels(image);
    assertThat(pixels.toLittleEndian()).containsExactly(245, 235);
    assertThat(pixels.inverted()).isFalse();
    assertThat(pixels.window()).isEqualTo(Window.spanning(0, 255));
  }

  @Test
  void samples_wider_than_16_bits_come_as_finished_grey() {
    DataSet image =
        GeneratedImage.of("MONOCHROME2", 1, 2, new StoredBits(32, 32, 31, false))
            .putBytes(Tag.PixelData, Vr.OW, GeneratedImage.longWords(100_000, 2_000_000));
    assertThat(pixels(image).toLittleEndian()).containsExactly(0, 255);
  }

  @Test
  void colour_comes_as_RGB() {
    FramePixels pixels = pixels(GeneratedImage.octets("YBR_FULL", 1, 1, 77, 128, 128));
    assertThat(pixels.raster().samplesPerPixel()).isEqualTo(3);
    assertThat(pixels.toLittleEndian()).containsExactly(77, 77, 77);
  }

  @Test
  void what_cannot_be_shown_says_why() {
    Path file =
        GeneratedImage.write(
            folder, Uid.ExplicitVRLittleEndian, new DataSet().putString(Tag.Modality, "SR"));
    assertThat(renderer.pixels(file, 1)).isEqualTo(new NotRendered(Cause.ABSENT, "no Pixel Data"));
  }

  private FramePixels pixels(DataSet dataSet) {
    Pixels pixels =
        renderer.pixels(GeneratedImage.write(folder, Uid.ExplicitVRLittleEndian, dataSet), 1);
    assertThat(pixels).isInstanceOf(FramePixels.class);
    return (FramePixels) pixels;
  }
}
