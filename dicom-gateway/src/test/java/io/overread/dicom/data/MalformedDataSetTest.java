package io.overread.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.overread.dicom.dictionary.Tag;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class MalformedDataSetTest {

  private static final TransferSyntax EXPLICIT = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
  private static final TransferSyntax IMPLICIT = TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;
  private static final TransferSyntax DEFLATED = TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN;

  @Test
  void the_problem_names_tag_and_offset_and_no_value() {
    RawDataSet raw =
        RawDataSet.littleEndian()
            .explicit(Tag.PatientName, "PN", "Doe^Jane")
            .tag(Tag.PatientID)
            .text("LO")
            .u16(100)
            .text("secret");

    DicomFormatException problem =
        catchThrowableOfType(DicomFormatException.class, () -> raw.read(EXPLICIT));

    assertThat(problem.tag()).isEqualTo(Tag.PatientID);
    assertThat(problem.offset()).isEqualTo(30);
    assertThat(problem.getMessage())
        .isEqualTo("(0010,0020) at byte 30: the input ends within the element");
  }

  @Test
  void a_length_of_gigabytes_costs_no_memory() {
    rejected(RawDataSet.littleEndian().explicitLong(Tag.ICCProfile, "OB", -2).text("ab"), EXPLICIT);
    rejected(RawDataSet.littleEndian().explicitLong(Tag.ICCProfile, "OB", 1 << 19), EXPLICIT);
    rejected(RawDataSet.littleEndian().delimiter(Tag.PatientID, 0x7FFF_FFFF), IMPLICIT);
  }

  @Test
  void every_truncation_of_a_nested_data_set_is_noticed_or_ends_at_an_element() throws IOException {
    DataSet dataSet = new GeneratedDataSet(3).withNativePixels();
    byte[] whole = DataSetRoundTripTest.write(dataSet, EXPLICIT, LengthEncoding.UNDEFINED);
    int noticed = 0;
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      try {
        DataSet read = DataSetRoundTripTest.read(cut, EXPLICIT);
        byte[] again = DataSetRoundTripTest.write(read, EXPLICIT, LengthEncoding.AS_READ);
        assertThat(again).isEqualTo(cut);
      } catch (DicomFormatException expected) {
        noticed++;
      }
    }
    assertThat(noticed).isGreaterThan(whole.length - dataSet.size() - 1);
  }

  @Test
  void an_item_may_not_exceed_its_sequence_nor_an_element_its_item() {
    rejected(
        RawDataSet.littleEndian()
            .explicitLong(Tag.ReferencedSeriesSequence, "SQ", 18)
            .delimiter(Tag.Item, 12)
            .explicit(Tag.PatientID, "LO", "ab")
            .u16(0),
        EXPLICIT);
    rejected(
        RawDataSet.littleEndian()
            .explicitLong(Tag.ReferencedSeriesSequence, "SQ", 18)
            .delimiter(Tag.Item, 10)
            .explicit(Tag.PatientID, "LO", "abcd"),
        EXPLICIT);
    rejected(
        RawDataSet.littleEndian()
            .explicitLong(Tag.ReferencedSeriesSequence, "SQ", 13)
            .delimiter(Tag.Item, 5)
            .bytes(new byte[5]),
        EXPLICIT);
  }

  @Test
  void a_delimiter_where_none_is_due_is_rejected() {
    rejected(RawDataSet.littleEndian().delimiter(Tag.ItemDelimitationItem, 0), EXPLICIT);
    rejected(RawDataSet.littleEndian().delimiter(Tag.Item, 0), IMPLICIT);
    rejected(
        RawDataSet.littleEndian()
            .explicitLong(Tag.ReferencedSeriesSequence, "SQ", RawDataSet.UNDEFINED)
            .explicit(Tag.PatientID, "LO", "ab"),
        EXPLICIT);
    rejected(
        RawDataSet.littleEndian()
            .explicitLong(Tag.PixelData, "OB", RawDataSet.UNDEFINED)
            .delimiter(Tag.Item, RawDataSet.UNDEFINED),
        EXPLICIT);
  }

  @Test
  void an_element_that_occurs_twice_is_rejected() {
    rejected(
        RawDataSet.littleEndian()
            .explicit(Tag.PatientID, "LO", "ab")
            .explicit(Tag.PatientID, "LO", "cd"),
        EXPLICIT);
  }

  @Test
  void text_of_undefined_length_is_rejected() {
    rejected(
        RawDataSet.littleEndian().explicitLong(Tag.TextValue, "UT", RawDataSet.UNDEFINED),
        EXPLICIT);
  }

  @Test
  void fragments_in_implicit_vr_are_rejected() {
    rejected(
        RawDataSet.littleEndian()
            .delimiter(Tag.PixelData, RawDataSet.UNDEFINED)
            .delimiter(Tag.Item, 0)
            .delimiter(Tag.SequenceDelimitationItem, 0),
        IMPLICIT);
  }

  @Test
  void a_nesting_without_end_is_rejected_before_the_stack_is_used_up() {
    RawDataSet raw = RawDataSet.littleEndian();
    for (int level = 0; level < 100_000; level++) {
      raw.explicitLong(Tag.ReferencedSeriesSequence, "SQ", RawDataSet.UNDEFINED);
      raw.delimiter(Tag.Item, RawDataSet.UNDEFINED);
    }

    assertThatThrownBy(() -> raw.read(EXPLICIT))
        .isInstanceOf(DicomFormatException.class)
        .hasMessageContaining("nest deeper than 32");
  }

  @Test
  void the_deepest_nesting_that_is_allowed_is_read() throws IOException {
    RawDataSet raw = RawDataSet.littleEndian();
    for (int level = 0; level < 32; level++) {
      raw.explicitLong(Tag.ReferencedSeriesSequence, "SQ", RawDataSet.UNDEFINED);
      raw.delimiter(Tag.Item, RawDataSet.UNDEFINED);
    }
    for (int level = 0; level < 32; level++) {
      raw.delimiter(Tag.ItemDelimitationItem, 0).delimiter(Tag.SequenceDelimitationItem, 0);
    }

    DataSet level = raw.read(EXPLICIT);
    int depth = 0;
    while (level.contains(Tag.ReferencedSeriesSequence)) {
      level = level.item(Tag.ReferencedSeriesSequence).orElseThrow();
      depth++;
    }
    assertThat(depth).isEqualTo(32);
  }

  @Test
  void items_without_end_are_rejected() {
    RawDataSet raw = RawDataSet.littleEndian();
    raw.explicitLong(Tag.ReferencedSeriesSequence, "SQ", RawDataSet.UNDEFINED);
    for (int item = 0; item < 2000; item++) {
      raw.delimiter(Tag.Item, 0);
    }
    ReadLimits limits = new ReadLimits(32, 1000, 1 << 20, 1 << 20, 1 << 20);

    assertThatThrownBy(() -> raw.read(EXPLICIT, limits))
        .isInstanceOf(DicomFormatException.class)
        .hasMessageContaining("more than 1000 elements");
  }

  @Test
  void many_values_that_are_each_within_the_limit_are_rejected_together() {
    RawDataSet raw = RawDataSet.littleEndian();
    for (int element = 0; element < 20; element++) {
      raw.explicitLong(0x0029_1000 + element, "OB", 200).bytes(new byte[200]);
    }
    ReadLimits limits = new ReadLimits(32, 1000, 1000, 2000, 1 << 20);

    assertThatThrownBy(() -> raw.read(EXPLICIT, limits))
        .isInstanceOf(DicomFormatException.class)
        .hasMessageContaining("more than 2000 bytes");
  }

  @Test
  void a_data_set_that_inflates_without_end_is_rejected() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(bomb, new Deflater(Deflater.BEST_SPEED, true))) {
      out.write(RawDataSet.littleEndian().explicitLong(Tag.ICCProfile, "OB", 1 << 28).toArray());
      for (int i = 0; i < 1 << 8; i++) {
        out.write(new byte[1 << 20]);
      }
    }
    ReadLimits limits = new ReadLimits(32, 1000, 1000, 2000, 1 << 24);

    assertThatThrownBy(
            () ->
                new DataSetReader(limits)
                    .read(new ByteArrayInputStream(bomb.toByteArray()), DEFLATED))
        .isInstanceOf(DicomFormatException.class);
  }

  @Test
  void bytes_that_do_not_inflate_are_rejected() {
    rejected(RawDataSet.littleEndian().text("these bytes were never deflated"), DEFLATED);
  }

  private static void rejected(RawDataSet raw, TransferSyntax transferSyntax) {
    assertThatThrownBy(() -> raw.read(transferSyntax)).isInstanceOf(DicomFormatException.class);
  }
}
