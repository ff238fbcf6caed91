package io.overread.gateway.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DicomFile;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.pixel.DecodedFrame;
import io.overread.dicom.pixel.FrameDecoder;
import io.overread.dicom.pixel.FrameRaster;
import io.overread.dicom.pixel.PixelLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The frames of the shared files in JPEG 2000 against what GDCM decodes, and those in
 * High-Throughput JPEG 2000, which GDCM can't, against what OpenJPH does.
 */
class Jpeg2000FilesIT {
  /** Of the samples that OpenJPH 0.26.3 decodes of HTJ2KLossless_08_RGB.dcm. */
  private static final String OPENJPH_SAMPLES =
      "9d87240604f5d7522c6a8056ace6cefc2c8d6d0b07bd6e7303d5e5b21af9a49e";

  private final FrameDecoder decoder = new FrameDecoder(PixelLimits.STANDARD);
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "CT2_J2KR.dcm, 0",
    "966_fixed.dcm, 0",
    "US1_J2KR.dcm, 0",
    "J2K_pixelrep_mismatch.dcm, 0",
    "RG1_J2KI.dcm, 1",
    "MG1_J2KI.dcm, 1",
    "nema-us1_j2ki.dcm, 1",
    "jpeg2000-multiframe-multifragments.dcm, 1"
  })
  void stored_values_are_those_that_GDCM_decodes(String name, int tolerance) throws IOException {
    Path file = Dcmtk.sharedFiles().resolve(name);
    Dcmtk.require("GDCM", "gdcmconv");
    Path decoded = folder.resolve("decoded.dcm");
    assertThat(Dcmtk.run(List.of("gdcmconv", "--raw", file.toString(), decoded.toString())))
        .isTrue();
    int last = DicomFile.open(file).dataSet().integer(Tag.NumberOfFrames).orElse(1);
    for (int frame : last > 1 ? new int[] {1, last} : new int[] {1}) {
      DecodedFrame ours = (DecodedFrame) decoder.decode(file, frame);
      FrameRaster theirs = stored(decoded, frame);
      assertThat(ours.stored().size()).isEqualTo(theirs.size());
      long largest = 0;
      for (int index = 0; index < theirs.size(); index++) {
        // GDCM lets a lossy value leave the Bits Stored.
        long expected = Math.min(theirs.value(index), ours.bits().maximum());
        largest = Math.max(largest, Math.abs(ours.stored().value(index) - expected));
      }
      assertThat(largest).isLessThanOrEqualTo(tolerance);
    }
  }

  @Test
  void a_lossless_high_throughput_frame_has_the_samples_that_OpenJPH_decodes()
      throws IOException, NoSuchAlgorithmException {
    FrameRaster raster = stored(Dcmtk.sharedFiles().resolve("HTJ2KLossless_08_RGB.dcm"), 1);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(raster.cells());
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(OPENJPH_SAMPLES);
  }

  /** Both are of one picture. */
  @Test
  void a_lossy_high_throughput_frame_is_close_to_the_lossless_one() throws IOException {
    FrameRaster lossless = stored(Dcmtk.sharedFiles().resolve("HTJ2KLossless_08_RGB.dcm"), 1);
    FrameRaster lossy = stored(Dcmtk.sharedFiles().resolve("HTJ2K_08_RGB.dcm"), 1);
    double sum = 0;
    for (int index = 0; index < lossless.size(); index++) {
      sum += Math.abs(lossless.value(index) - lossy.value(index));
    }
    assertThat(sum / lossless.size()).isLessThan(0.5);
  }

  @Test
  void a_file_that_ends_too_early_says_so() {
    Path file = Dcmtk.sharedFiles().resolve("emri_small_jpeg_2k_lossless_too_short.dcm");
    assertThat(new FrameRenderer(PixelLimits.STANDARD).render(file, 1, null))
        .isInstanceOf(NotRendered.class);
  }

  private FrameRaster stored(Path file, int frame) throws IOException {
    return ((DecodedFrame) decoder.decode(file, frame)).stored();
  }
}
