package io.overread.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DicomFileTest {

  private static final String INSTANCE_UID = "2.25.1";

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void a_path_without_a_file() {
    path = folder.resolve("file.dcm");
  }

  @Test
  void a_file_that_was_written_is_read_back() throws IOException {
    DataSet dataSet = image(16);
    DicomFile.write(path, meta(Uid.ExplicitVRLittleEndian), dataSet);

    DicomFile file = DicomFile.open(path);

    assertThat(file.meta().mediaStorageSopClassUid()).contains(Uid.ComputedRadiographyImageStorage);
    assertThat(file.meta().mediaStorageSopInstanceUid()).contains(INSTANCE_UID);
    assertThat(file.transferSyntax()).isEqualTo(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    assertThat(DataSetDump.of(file.dataSet())).isEqualTo(DataSetDump.of(dataSet));
  }

  @Test
  void the_group_length_of_the_meta_information_leads_to_the_data_set() throws IOException {
    DicomFile.write(path, meta(Uid.ExplicitVRLittleEndian), image(16));

    DicomFile file = DicomFile.open(path);
    int groupLength =
        file.meta().elements().integer(Tag.FileMetaInformationGroupLength).orElseThrow();

    assertThat(file.dataSetOffset()).isEqualTo(128 + 4 + 12 + groupLength);
  }

  @Test
  void an_existing_file_is_not_overwritten() throws IOException {
    Files.writeString(path, "something else");

    assertThatThrownBy(() -> DicomFile.write(path, meta(Uid.ExplicitVRLittleEndian), image(1)))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void pixel_data_stays_in_the_file_whatever_its_length() throws IOException {
    DicomFile.write(path, meta(Uid.ImplicitVRLittleEndian), image(4));

    Octets pixels = DicomFile.open(path).dataSet().octets(Tag.PixelData).orElseThrow();

    assertThat(pixels).isInstanceOf(Region.class);
    assertThat(pixels.read(2, 2)).containsExactly(0x22, 0x11);
    assertThatThrownBy(() -> pixels.read(3, 2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void the_region_of_a_big_endian_file_says_so_and_is_written_in_either_order() throws IOException {
    DicomFile.write(path, meta(Uid.ExplicitVRBigEndian), image(4));
    DataSet read = DicomFile.open(path).dataSet();
    Octets pixels = read.octets(Tag.PixelData).orElseThrow();

    assertThat(pixels.byteOrder()).isEqualTo(ByteOrder.BIG_ENDIAN);
    assertThat(pixels.read(2, 2)).containsExactly(0x11, 0x22);
    assertThat(
            DataSetRoundTripTest.write(
                read, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, LengthEncoding.AS_READ))
        .endsWith(0x22, 0x11);
  }

  @Test
  void the_region_of_a_deflated_file_is_inflated_when_it_is_read() throws IOException {
    DicomFile.write(path, meta(Uid.DeflatedExplicitVRLittleEndian), image(400_000));

    DicomFile file = DicomFile.open(path);
    Octets pixels = file.dataSet().octets(Tag.PixelData).orElseThrow();

    assertThat(Files.size(path)).isLessThan(10_000);
    assertThat(pixels.length()).isEqualTo(400_000);
    assertThat(pixels.read(399_998, 2)).containsExactly(0x22, 0x11);
  }

  @Test
  void private_pixels_of_ge_are_big_endian_in_a_little_endian_data_set() throws IOException {
    String uid = TransferSyntax.GE_PRIVATE_IMPLICIT_VR_BIG_ENDIAN_PIXELS;
    DicomFile.write(path, meta(uid), image(4));

    DataSet read = DicomFile.open(path).dataSet();

    assertThat(read.integer(Tag.Rows)).hasValue(2);
    assertThat(read.octets(Tag.PixelData).orElseThrow().byteOrder())
        .isEqualTo(ByteOrder.BIG_ENDIAN);
  }

  @Test
  void fragments_and_their_offset_table_are_found() throws IOException {
    DataSet dataSet = new DataSet().putString(Tag.Modality, "CR");
    dataSet.putFragments(Tag.PixelData, List.of(new byte[] {1, 2}, new byte[] {3, 4, 5, 6}));
    DicomFile.write(path, meta(Uid.JPEGBaseline8Bit), dataSet);

    Fragments fragments = DicomFile.open(path).dataSet().fragments(Tag.PixelData).orElseThrow();

    assertThat(fragments.basicOffsetTable().length()).isZero();
    assertThat(fragments.fragments()).hasSize(2).allMatch(Region.class::isInstance);
    assertThat(fragments.fragments().getLast().read(0, 4)).containsExactly(3, 4, 5, 6);
  }

  @Test
  void a_file_without_preamble_is_read() throws IOException {
    byte[] whole = fileBytes();
    Files.write(path, Arrays.copyOfRange(whole, 132, whole.length));

    DicomFile file = DicomFile.open(path);

    assertThat(file.meta().mediaStorageSopInstanceUid()).contains(INSTANCE_UID);
    assertThat(file.dataSet().string(Tag.Modality)).contains("CR");
  }

  @Test
  void a_file_without_the_group_length_is_read() throws IOException {
    byte[] whole = fileBytes();
    ByteArrayOutputStream without = new ByteArrayOutputStream();
    without.write(whole, 0, 132);
    without.write(whole, 144, whole.length - 144);
    Files.write(path, without.toByteArray());

    assertThat(DicomFile.open(path).dataSet().string(Tag.Modality)).contains("CR");
  }

  @Test
  void a_file_that_is_only_a_data_set_tells_its_encoding() throws IOException {
    for (TransferSyntax syntax :
        List.of(
            TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_VR_BIG_ENDIAN)) {
      Files.write(path, DataSetRoundTripTest.write(image(4), syntax, LengthEncoding.AS_READ));

      DicomFile file = DicomFile.open(path);

      assertThat(file.transferSyntax()).isEqualTo(syntax);
      assertThat(file.meta().isPresent()).isFalse();
      assertThat(file.dataSet().string(Tag.Modality)).contains("CR");
    }
  }

  @Test
  void a_file_that_claims_the_other_kind_of_vr_names_the_one_it_has() throws IOException {
    ByteArrayOutputStream wrong = new ByteArrayOutputStream();
    meta(Uid.ImplicitVRLittleEndian).write(wrong);
    wrong.writeBytes(
        DataSetRoundTripTest.write(
            image(4), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, LengthEncoding.AS_READ));
    Files.write(path, wrong.toByteArray());

    DicomFile file = DicomFile.open(path);

    assertThat(file.meta().transferSyntaxUid()).contains(Uid.ImplicitVRLittleEndian);
    assertThat(file.transferSyntax()).isEqualTo(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    assertThat(file.dataSet().string(Tag.Modality)).contains("CR");
  }

  @Test
  void a_header_is_read_from_a_file_cut_within_its_pixel_data() throws IOException {
    byte[] whole = fileBytes();
    Files.write(path, Arrays.copyOf(whole, whole.length - 2));

    assertThat(DicomFile.openHeader(path).dataSet().string(Tag.Modality)).contains("CR");
    assertThatThrownBy(() -> DicomFile.open(path)).isInstanceOf(DicomFormatException.class);
  }

  @Test
  void what_is_no_dicom_file_is_rejected() throws IOException {
    for (String text : List.of("", "D", "DICM", "<html><body>Not Found</body></html>")) {
      Files.writeString(path, text);
      assertThatThrownBy(() -> DicomFile.open(path)).isInstanceOf(DicomFormatException.class);
    }
  }

  @Test
  void a_region_of_a_file_that_shrank_is_an_error_rather_than_fewer_pixels() throws IOException {
    DicomFile.write(path, meta(Uid.ExplicitVRLittleEndian), image(1000));
    Octets pixels = DicomFile.open(path).dataSet().octets(Tag.PixelData).orElseThrow();
    Files.write(path, Arrays.copyOf(Files.readAllBytes(path), 600));

    assertThatThrownBy(() -> pixels.read(0, 1000)).isInstanceOf(IOException.class);
  }

  private byte[] fileBytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomFile.write(out, meta(Uid.ExplicitVRLittleEndian), image(4));
    return out.toByteArray();
  }

  private static FileMeta meta(String transferSyntaxUid) {
    return FileMeta.of(Uid.ComputedRadiographyImageStorage, INSTANCE_UID, transferSyntaxUid);
  }

  /** Every pixel is 1122 hex. */
  private static DataSet image(int bytes) {
    byte[] pixels = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      pixels[i] = (byte) (i % 2 == 0 ? 0x22 : 0x11);
    }
    return new DataSet()
        .putString(Tag.Modality, "CR")
        .putInteger(Tag.Rows, 2)
        .putBytes(Tag.PixelData, Vr.OW, pixels);
  }
}
