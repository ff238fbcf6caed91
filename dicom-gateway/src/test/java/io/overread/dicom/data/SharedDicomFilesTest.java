package io.overread.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Files of many makers and makes, sound, unusual and damaged. */
class SharedDicomFilesTest {

  /** Damaged beyond what a reader may overlook, and what it says about each. */
  private static final Map<String, String> DAMAGED =
      Map.of(
          "3gb-bulk-data-truncated.dcm", "(7FE0,0010) at byte 1908",
          "MR_truncated.dcm", "(7FE0,0010) at byte 1488",
          "rtplan_truncated.dcm", "(300A,00B0) at byte 1410",
          "emri_small_jpeg_2k_lossless_too_short.dcm", "the sequence is not delimited",
          "meta_missing_tsyntax.dcm", "its encoding is not known",
          "no_meta.dcm", "this is not a DICOM file");

  /** Damaged in their pixel data only. */
  private static final Set<String> SOUND_HEADERS =
      Set.of(
          "3gb-bulk-data-truncated.dcm",
          "MR_truncated.dcm",
          "emri_small_jpeg_2k_lossless_too_short.dcm");

  /** Not written back byte for byte, and why. */
  private static final Map<String, String> WRITTEN_DIFFERENTLY =
      Map.of(
          "GH340.dcm", "its group lengths are wrong",
          "chrJapMulti.dcm", "its group lengths are wrong",
          "chrKoreanMulti.dcm", "its group lengths are wrong",
          "dx_image.dcm", "its pixel data has an odd length");

  @Test
  void every_sound_file_is_read_and_written_back() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path path : SharedDicomFiles.all()) {
      String name = path.getFileName().toString();
      if (DAMAGED.containsKey(name)) {
        continue;
      }
      DicomFile file = DicomFile.open(path);
      byte[] written = write(file);
      boolean identical = Arrays.equals(Files.readAllBytes(path), written);
      boolean expected =
          !WRITTEN_DIFFERENTLY.containsKey(name) && !file.transferSyntax().deflated();
      if (identical != expected) {
        wrong.add(name);
      }
      Path copy = Files.createTempFile("overread", ".dcm");
      try {
        Files.write(copy, written);
        assertThat(DataSetDump.of(DicomFile.open(copy).dataSet()))
            .as(name)
            .isEqualTo(DataSetDump.of(file.dataSet()));
      } finally {
        Files.delete(copy);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void every_damaged_file_is_rejected_with_tag_and_offset() {
    DAMAGED.forEach(
        (name, problem) -> {
          // Outside the assertion, which would take the skipping for the exception it waits for.
          Path path = SharedDicomFiles.named(name);
          assertThatThrownBy(() -> DicomFile.open(path))
              .as(name)
              .isInstanceOf(DicomFormatException.class)
              .hasMessageContaining(problem);
        });
  }

  @Test
  void damaged_pixel_data_does_not_keep_the_header_from_being_read() throws IOException {
    for (String name : SOUND_HEADERS) {
      DicomFile file = DicomFile.openHeader(SharedDicomFiles.named(name));

      assertThat(file.dataSet().string(Tag.SOPClassUID)).as(name).isPresent();
      assertThat(file.dataSet().contains(Tag.PixelData)).as(name).isFalse();
    }
  }

  @Test
  void names_in_japanese_and_korean_are_decoded() throws IOException {
    DataSet japanese = DicomFile.open(SharedDicomFiles.named("chrJapMulti.dcm")).dataSet();
    DataSet korean = DicomFile.open(SharedDicomFiles.named("chrKoreanMulti.dcm")).dataSet();

    assertThat(japanese.string(Tag.PatientName)).contains("やまだ^たろう");
    assertThat(korean.string(Tag.PatientName)).contains("김희중");
  }

  @Test
  void pixel_data_of_a_deflated_file_is_read_from_its_region() throws IOException {
    DicomFile file =
        DicomFile.open(
            SharedDicomFiles.named(
                "CTImage_DeflatedExplicitVRLittleEndianTransferSyntax_1.2.840.10008.1.2.1.99.dcm"));
    Octets pixels = file.dataSet().octets(Tag.PixelData).orElseThrow();

    assertThat(pixels).isInstanceOf(Region.class);
    assertThat(pixels.length()).isEqualTo(512 * 512 * 2);
    assertThat(pixels.read(512 * 512 * 2 - 4, 4)).hasSize(4);
  }

  @Test
  void a_file_without_meta_information_tells_its_encoding_by_its_first_element()
      throws IOException {
    assertThat(syntaxOf("no_preamble_dicm_in_data.dcm")).isEqualTo(Uid.ExplicitVRLittleEndian);
    assertThat(syntaxOf("GH340.dcm")).isEqualTo(Uid.ImplicitVRLittleEndian);
    assertThat(syntaxOf("ExplVR_BigEndNoMeta.dcm")).isEqualTo(Uid.ExplicitVRBigEndian);
  }

  @Test
  void every_fragment_of_encapsulated_pixel_data_is_a_region_of_the_file() throws IOException {
    DataSet dataSet = DicomFile.open(SharedDicomFiles.named("rtdose_rle.dcm")).dataSet();
    Fragments fragments = dataSet.fragments(Tag.PixelData).orElseThrow();

    assertThat(fragments.fragments()).hasSize(dataSet.integer(Tag.NumberOfFrames).orElseThrow());
    assertThat(fragments.fragments()).allMatch(Region.class::isInstance);
  }

  private static String syntaxOf(String name) throws IOException {
    return DicomFile.open(SharedDicomFiles.named(name)).transferSyntax().uid();
  }

  private static byte[] write(DicomFile file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file.meta().write(out);
    new DataSetWriter(LengthEncoding.AS_READ).write(file.dataSet(), file.transferSyntax(), out);
    return out.toByteArray();
  }
}
