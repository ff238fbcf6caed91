package io.overread.gateway.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.pixel.GeneratedImage;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.dicom.pixel.StoredBits;
import io.overread.dicom.presentation.FrameReference;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * States that dcmpsmk makes of an image, changed and then rendered by dcmp2pgm and by us. It draws
 * no shutters, overlays and annotations, and takes every window for LINEAR.
 */
@DisplayName("Grayscale presentation states as DCMTK renders them")
class DcmtkPresentationIT {
  private static final int ROWS = 24;
  private static final int COLUMNS = 32;
  private static final String UID = "2.25.7";

  private final FrameRenderer renderer = new FrameRenderer(PixelLimits.STANDARD);
  private final Random random = new Random(20261125);
  @TempDir private Path folder;

  @BeforeEach
  void require_the_peers() {
    Dcmtk.require("dcmpsmk");
    Dcmtk.require("dcmp2pgm");
  }

  @Test
  void the_window_of_the_image_as_dcmpsmk_takes_it_over() throws IOException {
    DataSet image = gray16().putString(Tag.RescaleSlope, "2").putString(Tag.RescaleIntercept, "-9");
    image.putString(Tag.WindowCenter, "30000").putString(Tag.WindowWidth, "50000");
    compare(image, state -> {});
  }

  @Test
  void without_a_VOI_LUT_the_whole_range_is_shown() throws IOException {
    compare(gray16(), state -> {});
  }

  @Test
  void a_Modality_LUT_then_a_VOI_LUT() throws IOException {
    DataSet image = gray16();
    image.putItems(Tag.ModalityLUTSequence, lut(30_000, 1000, 16, 65535));
    image.putItems(Tag.VOILUTSequence, lut(0, 4096, 12, 4095));
    compare(image, state -> {});
  }

  @Test
  void a_Presentation_LUT_stretches_over_the_range_of_the_window() throws IOException {
    DataSet image = gray16();
    image.putString(Tag.WindowCenter, "30000").putString(Tag.WindowWidth, "20001");
    compare(
        image,
        state ->
            state
                .remove(Tag.PresentationLUTShape)
                .putItems(Tag.PresentationLUTSequence, ramp(4096)));
  }

  @Test
  void MONOCHROME1_becomes_an_inverse_shape() throws IOException {
    DataSet image = gray16().putString(Tag.PhotometricInterpretation, "MONOCHROME1");
    image.putString(Tag.WindowCenter, "30000").putString(Tag.WindowWidth, "20001");
    compare(image, state -> {});
  }

  @ParameterizedTest
  @CsvSource({"0, Y", "90, N", "90, Y", "180, N", "180, Y", "270, N", "270, Y"})
  void rotation_and_flip(int rotation, String flip) throws IOException {
    compare(
        gray16(),
        state ->
            state.putInteger(Tag.ImageRotation, rotation).putString(Tag.ImageHorizontalFlip, flip));
  }

  private void compare(DataSet image, Consumer<DataSet> change) throws IOException {
    Path file = write(image);
    Path state = state(file, change);
    Path map = folder.resolve("rendered.pgm");
    List<String> command =
        List.of("dcmp2pgm", "-q", "-p", state.toString(), file.toString(), map.toString());
    assertThat(Dcmtk.run(command)).isTrue();
    PortableMap theirs = PortableMap.read(map);
    BufferedImage ours = present(file, state);
    assertThat(ours.getWidth()).isEqualTo(theirs.width());
    assertThat(ours.getHeight()).isEqualTo(theirs.height());
    int[] difference = new int[theirs.values().length];
    for (int index = 0; index < difference.length; index++) {
      int rgb = ours.getRGB(index % theirs.width(), index / theirs.width());
      difference[index] = Math.abs((rgb & 0xff) - theirs.values()[index]);
    }
    assertThat(Arrays.stream(difference).max().orElseThrow()).isLessThanOrEqualTo(1);
  }

  private BufferedImage present(Path file, Path state) {
    Rendering rendering = renderer.present(file, new FrameReference(UID, 1), state);
    assertThat(rendering).isInstanceOf(RenderedImage.class);
    return ((RenderedImage) rendering).image();
  }

  private Path state(Path image, Consumer<DataSet> change) throws IOException {
    Path made = folder.resolve("state.dcm");
    assertThat(Dcmtk.run(List.of("dcmpsmk", "-q", image.toString(), made.toString()))).isTrue();
    DataSet state = DicomFile.open(made).dataSet().copy();
    change.accept(state);
    return GeneratedImage.write(folder, Uid.ExplicitVRLittleEndian, state);
  }

  private Path write(DataSet image) {
    return GeneratedImage.write(folder, Uid.ExplicitVRLittleEndian, image);
  }

  private DataSet gray16() {
    DataSet image =
        GeneratedImage.of("MONOCHROME2", ROWS, COLUMNS, new StoredBits(16, 16, 15, false));
    image.putString(Tag.SOPClassUID, Uid.ComputedRadiographyImageStorage);
    image.putString(Tag.SOPInstanceUID, UID).putString(Tag.StudyInstanceUID, "2.25.5");
    image.putString(Tag.SeriesInstanceUID, "2.25.6").putString(Tag.Modality, "CR");
    image.putString(Tag.PatientName, "Doe").putString(Tag.PatientID, "1");
    byte[] samples = new byte[ROWS * COLUMNS * 2];
    random.nextBytes(samples);
    return image.putBytes(Tag.PixelData, Vr.OW, samples);
  }

  /** Entries that grow as squares do: neighbours are alike, so that rounding doesn't show. */
  private static DataSet ramp(int count) {
    int[] entries = new int[count];
    Arrays.setAll(entries, index -> (int) ((long) index * index / count));
    return new DataSet()
        .putInteger(Tag.LUTDescriptor, Vr.US, count, 0, 12)
        .putBytes(Tag.LUTData, Vr.OW, GeneratedImage.words(entries));
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
}
