package io.overread.gateway.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DicomFile;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.pixel.DecodedFrame;
import io.overread.dicom.pixel.FrameDecoder;
import io.overread.dicom.pixel.FrameRaster;
import io.overread.dicom.pixel.PixelLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every frame that we decode of the shared files, against what DCMTK makes of the same file. */
class DcmtkFilesIT {
  private static final Set<String> DECODED =
      Set.of(
          Uid.ImplicitVRLittleEndian,
          Uid.ExplicitVRLittleEndian,
          Uid.ExplicitVRBigEndian,
          Uid.DeflatedExplicitVRLittleEndian,
          Uid.RLELossless,
          Uid.JPEGBaseline8Bit,
          Uid.JPEGExtended12Bit,
          Uid.JPEGSpectralSelectionNonHierarchical68,
          Uid.JPEGFullProgressionNonHierarchical1012,
          Uid.JPEGLossless,
          Uid.JPEGLosslessSV1,
          Uid.JPEGLSLossless,
          Uid.JPEGLSNearLossless,
          Uid.JPEG2000Lossless,
          Uid.JPEG2000,
          Uid.HTJ2KLossless,
          Uid.HTJ2K);

  /** What DCMTK doesn't decode; see {@link Jpeg2000FilesIT}. */
  private static final Set<String> NOT_DECODED_BY_DCMTK =
      Set.of(Uid.JPEG2000Lossless, Uid.JPEG2000, Uid.HTJ2KLossless, Uid.HTJ2K);

  /** Their manifest states an image, but the files end before it. */
  private static final Set<String> WITHOUT_PIXELS = Set.of("chrJapMulti.dcm", "chrKoreanMulti.dcm");

  /** What dcm2pnm refuses: 32 bits of colour, segmented palettes, fragments without a table. */
  private static final Set<String> NOT_RENDERED_BY_DCMTK =
      Set.of(
          "SC_rgb_32bit_2frame.dcm",
          "gdcm-US-ALOKA-16_big.dcm",
          "CT0012.fragmented_no_bot_jpeg_baseline.51.dcm");

  private final FrameRenderer renderer = new FrameRenderer(PixelLimits.STANDARD);
  private final FrameDecoder decoder = new FrameDecoder(PixelLimits.STANDARD);
  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> every_well_formed_image_in_a_known_syntax_renders() throws IOException {
    return manifest()
        .filter(row -> DECODED.contains(row.get(6)))
        .filter(row -> !row.get(8).isEmpty() && !row.get(10).equals("64"))
        .filter(row -> !row.get(22).contains("MALFORMED"))
        .map(List::getFirst)
        .filter(file -> !WITHOUT_PIXELS.contains(file))
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file,
                    () ->
                        assertThat(renderer.render(Dcmtk.sharedFiles().resolve(file), 1, null))
                            .isInstanceOf(RenderedImage.class)));
  }

  @TestFactory
  Stream<DynamicTest> every_other_file_says_why_it_does_not_render() throws IOException {
    return manifest()
        .filter(row -> !DECODED.contains(row.get(6)))
        .filter(row -> !row.get(6).isEmpty())
        .map(List::getFirst)
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file,
                    () -> {
                      Rendering rendering =
                          renderer.render(Dcmtk.sharedFiles().resolve(file), 1, null);
                      assertThat(rendering).isInstanceOf(NotRendered.class);
                      assertThat(((NotRendered) rendering).reason()).isNotEmpty();
                    }));
  }

  @TestFactory
  Stream<DynamicTest> stored_values_are_those_that_DCMTK_decodes() throws IOException {
    return frames(
        (file, frame) -> {
          Path decoded = folder.resolve("decoded.dcm");
          Files.deleteIfExists(decoded);
          assertThat(Dcmtk.run(toNative(file, decoded))).isTrue();
          assertThat(values(file, frame)).isEqualTo(values(decoded, frame));
        });
  }

  /** DCMTK cuts levels off where we round, and works its YBR conversion out in whole numbers. */
  @TestFactory
  Stream<DynamicTest> rendered_levels_are_within_one_of_DCMTKs() throws IOException {
    return frames(
        (file, frame) -> {
          if (NOT_RENDERED_BY_DCMTK.contains(file.getFileName().toString())) {
            return;
          }
          RenderedImage ours = (RenderedImage) renderer.render(file, frame, null);
          Path map = folder.resolve("rendered.pnm");
          List<String> window =
              ours.window()
                  .map(used -> List.of("+Ww", "" + used.center(), "" + used.width()))
                  .orElse(List.of());
          PortableMap theirs = Dcmtk.render(file, frame, window, map);
          assertThat(theirs.samples()).isEqualTo(ours.image().getRaster().getNumBands());
          boolean luminance =
              DicomFile.open(file)
                  .dataSet()
                  .string(Tag.PhotometricInterpretation)
                  .filter(name -> name.startsWith("YBR"))
                  .isPresent();
          Levels.compare(ours, theirs).areWithin(luminance ? -2 : 0, luminance ? 2 : 1);
        });
  }

  private static List<String> toNative(Path file, Path decoded) throws IOException {
    String uid = DicomFile.open(file).transferSyntax().uid();
    List<String> tool =
        switch (uid) {
          case Uid.RLELossless -> List.of("dcmdrle");
          case Uid.JPEGBaseline8Bit,
              Uid.JPEGExtended12Bit,
              Uid.JPEGSpectralSelectionNonHierarchical68,
              Uid.JPEGFullProgressionNonHierarchical1012,
              Uid.JPEGLossless,
              Uid.JPEGLosslessSV1 ->
              List.of("dcmdjpeg", "+cn");
          case Uid.JPEGLSLossless, Uid.JPEGLSNearLossless -> List.of("dcmdjpls");
          default -> List.of("dcmconv", "+te");
        };
    return Stream.concat(tool.stream(), Stream.of(file.toString(), decoded.toString())).toList();
  }

  private long[] values(Path file, int frame) throws IOException {
    FrameRaster stored = ((DecodedFrame) decoder.decode(file, frame)).stored();
    return LongStream.range(0, stored.size()).map(index -> stored.value((int) index)).toArray();
  }

  private interface FrameCheck {
    void check(Path file, int frame) throws IOException;
  }

  /** The first and the last frame of every file that renders. */
  private Stream<DynamicTest> frames(FrameCheck check) throws IOException {
    Dcmtk.require("dcmj2pnm");
    return manifest()
        .filter(row -> !NOT_DECODED_BY_DCMTK.contains(row.get(6)))
        .map(row -> Dcmtk.sharedFiles().resolve(row.getFirst()))
        .filter(file -> renderer.render(file, 1, null) instanceof RenderedImage)
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      int last =
                          DicomFile.open(file).dataSet().integer(Tag.NumberOfFrames).orElse(1);
                      check.check(file, 1);
                      check.check(file, Math.max(1, last));
                    }));
  }

  private static Stream<List<String>> manifest() throws IOException {
    return Files.readAllLines(Dcmtk.sharedFiles().resolve("manifest.csv")).stream()
        .skip(1)
        .map(line -> List.of(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)));
  }
}
