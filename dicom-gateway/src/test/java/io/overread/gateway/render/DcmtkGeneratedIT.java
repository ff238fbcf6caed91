package io.overread.gateway.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.pixel.GeneratedImage;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.dicom.pixel.StoredBits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shared files don't have, against DCMTK on images of random values. */
class DcmtkGeneratedIT {
  private static final int SIDE = 32;

  private final FrameRenderer renderer = new FrameRenderer(PixelLimits.STANDARD);
  private final Random random = new Random(20261123);
  @TempDir private Path folder;

  @BeforeEach
  void require_the_peer() {
    Dcmtk.require("dcmj2pnm");
  }

  @ParameterizedTest
  @CsvSource({
    "16, 16, 15, false",
    "16, 16, 15, true",
    "16, 12, 11, false",
    "16, 12, 11, true",
    "16, 12, 15, false",
    "16, 9, 10, true",
    "8, 8, 7, false",
    "8, 8, 7, true",
    "8, 6, 6, false"
  })
  void cells_of_any_layout(int allocated, int stored, int high, boolean signed) throws IOException {
    DataSet image =
        GeneratedImage.of(
            "MONOCHROME2", SIDE, SIDE, new StoredBits(allocated, stored, high, signed));
    image.putBytes(
        Tag.PixelData,
        allocated > 8 ? Vr.OW : Vr.OB,
        randomBytes(SIDE * SIDE * Math.max(1, allocated / 8)));
    image.putString(Tag.RescaleSlope, "2").putString(Tag.RescaleIntercept, "-10");
    image.putString(Tag.WindowCenter, "30").putString(Tag.WindowWidth, "300");
    for (String syntax :
        List.of(
            Uid.ImplicitVRLittleEndian,
            Uid.ExplicitVRBigEndian,
            Uid.DeflatedExplicitVRLittleEndian)) {
      compare(GeneratedImage.write(folder, syntax, image), List.of("+Wi", "1"), 0, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LINEAR", "SIGMOID"})
  void window_functions(String function) throws IOException {
    DataSet image = gray16();
    image.putString(Tag.WindowCenter, "30000.5").putString(Tag.WindowWidth, "20001");
    image.putString(Tag.VOILUTFunction, function);
    compare(image, List.of("+Wi", "1"), -1, 1);
  }

  @ParameterizedTest
  @CsvSource({"MONOCHROME1, IDENTITY", "MONOCHROME2, INVERSE", "MONOCHROME1, INVERSE"})
  void inversions(String photometric, String shape) throws IOException {
    DataSet image = gray16().putString(Tag.PhotometricInterpretation, photometric);
    image.putString(Tag.PresentationLUTShape, shape);
    image.putString(Tag.WindowCenter, "30000.5").putString(Tag.WindowWidth, "20001");
    compare(image, List.of("+Wi", "1"), 0, 1);
  }

  @Test
  void a_Modality_LUT_before_a_window() throws IOException {
    DataSet image = gray16();
    image.putItems(Tag.ModalityLUTSequence, lut(30_000, 1000, 16, 65535));
    image.putString(Tag.WindowCenter, "30000.5").putString(Tag.WindowWidth, "20001");
    compare(image, List.of("+Wi", "1"), 0, 1);
  }

  @Test
  void a_VOI_LUT() throws IOException {
    DataSet image = gray16();
    image.putItems(Tag.VOILUTSequence, lut(30_000, 1000, 12, 4095));
    compare(image, List.of("+Wl", "1"), -1, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void planes_and_pixels_of_RGB(int planarConfiguration) throws IOException {
    DataSet image = rgb().putInteger(Tag.PlanarConfiguration, planarConfiguration);
    compare(image, List.of(), 0, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void run_lengths_that_DCMTK_encodes(int planarConfiguration) throws IOException {
    Path image = write(rgb().putInteger(Tag.PlanarConfiguration, planarConfiguration));
    Path encoded = folder.resolve("encoded.dcm");
    assertThat(Dcmtk.run(List.of("dcmcrle", image.toString(), encoded.toString()))).isTrue();
    compare(encoded, List.of(), 0, 0);
    Path gray = write(gray16());
    assertThat(Dcmtk.run(List.of("dcmcrle", gray.toString(), encoded.toString()))).isTrue();
    assertThat(((FramePixels) renderer.pixels(encoded, 1)).toLittleEndian())
        .isEqualTo(((FramePixels) renderer.pixels(gray, 1)).toLittleEndian());
  }

  @ParameterizedTest
  @ValueSource(strings = {"+cy", "+cr"})
  void colour_that_DCMTK_compresses_as_JPEG_in_YBR_and_in_RGB(String space) throws IOException {
    Path encoded = folder.resolve("encoded.dcm");
    assertThat(
            Dcmtk.run(
                List.of(
                    "dcmcjpeg",
                    "+eb",
                    "+q",
                    "95",
                    "+fs",
                    "1",
                    space,
                    write(rgb()).toString(),
                    encoded.toString())))
        .isTrue();
    compare(encoded, List.of(), -1, 1);
  }

  private DataSet gray16() {
    DataSet image = GeneratedImage.of("MONOCHROME2", SIDE, SIDE, new StoredBits(16, 16, 15, false));
    return image.putBytes(Tag.PixelData, Vr.OW, randomBytes(SIDE * SIDE * 2));
  }

  /** Smooth enough to survive compression. */
  private DataSet rgb() {
    DataSet image = GeneratedImage.of("RGB", SIDE, SIDE, new StoredBits(8, 8, 7, false));
    byte[] samples = new byte[SIDE * SIDE * 3];
    for (int index = 0; index < samples.length; index++) {
      samples[index] = (byte) (index * 200 / samples.length + random.nextInt(20));
    }
    return image.putBytes(Tag.PixelData, Vr.OB, samples);
  }

  private DataSet lut(int firstMapped, int count, int bits, int maximum) {
    int[] entries = new int[count];
    Arrays.setAll(entries, index -> random.nextInt(maximum + 1));
    entries[0] = maximum;
    return new DataSet()
        .putInteger(Tag.LUTDescriptor, Vr.US, count, firstMapped, bits)
        .putString(Tag.ModalityLUTType, "US")
        .putBytes(Tag.LUTData, Vr.OW, GeneratedImage.words(entries));
  }

  private byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private Path write(DataSet image) {
    return GeneratedImage.write(folder, Uid.ExplicitVRLittleEndian, image);
  }

  private void compare(DataSet image, List<String> options, int least, int most)
      throws IOException {
    compare(write(image), options, least, most);
  }

  private void compare(Path file, List<String> options, int least, int most) throws IOException {
    PortableMap theirs = Dcmtk.render(file, 1, options, folder.resolve("rendered.pnm"));
    RenderedImage ours = (RenderedImage) renderer.render(file, 1, null);
    Levels.compare(ours, theirs).areWithin(least, most);
  }
}
