package io.overread.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.dictionary.Tag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the standard allows and writers rarely do, and what they do although it does not. */
class UnusualDataSetTest {

  private static final TransferSyntax EXPLICIT = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
  private static final TransferSyntax IMPLICIT = TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;
  private static final int PRIVATE = 0x0029_1001;

  @Test
  @DisplayName("UN of undefined length holds items in implicit VR little endian (PS3.5 6.2.2)")
  void unknown_sequence_of_undefined_length() throws IOException {
    RawDataSet raw =
        RawDataSet.littleEndian()
            .explicitLong(PRIVATE, "UN", RawDataSet.UNDEFINED)
            .delimiter(Tag.Item, RawDataSet.UNDEFINED)
            .implicit(Tag.PatientID, "abcd")
            .delimiter(Tag.ItemDelimitationItem, 0)
            .delimiter(Tag.SequenceDelimitationItem, 0)
            .explicit(0x0031_0010, "LO", "ab");

    DataSet read = raw.read(EXPLICIT);

    assertThat(read.item(PRIVATE).orElseThrow().string(Tag.PatientID)).contains("abcd");
    assertThat(read.string(0x0031_0010)).contains("ab");
    assertThat(DataSetRoundTripTest.write(read, EXPLICIT, LengthEncoding.AS_READ))
        .isEqualTo(raw.toArray());
  }

  @Test
  void a_known_sequence_whose_writer_did_not_know_it_is_read_all_the_same() throws IOException {
    RawDataSet raw =
        RawDataSet.littleEndian()
            .explicitLong(Tag.ReferencedSeriesSequence, "UN", 20)
            .delimiter(Tag.Item, 12)
            .implicit(Tag.PatientID, "abcd");

    DataSet read = raw.read(EXPLICIT);

    assertThat(read.item(Tag.ReferencedSeriesSequence).orElseThrow().string(Tag.PatientID))
        .contains("abcd");
    assertThat(DataSetRoundTripTest.write(read, EXPLICIT, LengthEncoding.AS_READ))
        .isEqualTo(raw.toArray());
  }

  @Test
  void a_known_sequence_that_holds_something_else_stays_bytes() throws IOException {
    DataSet read =
        RawDataSet.littleEndian()
            .explicitLong(Tag.ReferencedSeriesSequence, "UN", 4)
            .text("none")
            .read(EXPLICIT);

    assertThat(read.items(Tag.ReferencedSeriesSequence)).isEmpty();
    assertThat(read.bytes(Tag.ReferencedSeriesSequence)).asString().isEqualTo("none");
  }

  @Test
  void a_known_element_whose_writer_did_not_know_it_has_the_dictionary_s_representation()
      throws IOException {
    DataSet read =
        RawDataSet.littleEndian()
            .explicitLong(Tag.PatientID, "UN", 4)
            .text("abc ")
            .explicitLong(Tag.Rows, "UN", 2)
            .u16(512)
            .read(EXPLICIT);

    assertThat(read.string(Tag.PatientID)).contains("abc");
    assertThat(read.integer(Tag.Rows)).hasValue(512);
  }

  @Test
  void a_private_element_of_undefined_length_in_implicit_vr_is_a_sequence() throws IOException {
    DataSet read =
        RawDataSet.littleEndian()
            .implicit(0x0029_0010, "ab")
            .delimiter(PRIVATE, RawDataSet.UNDEFINED)
            .delimiter(Tag.Item, 10)
            .implicit(Tag.PatientID, "ab")
            .delimiter(Tag.SequenceDelimitationItem, 0)
            .read(IMPLICIT);

    assertThat(read.item(PRIVATE).orElseThrow().string(Tag.PatientID)).contains("ab");
  }

  @Test
  void an_element_without_representation_in_an_explicit_data_set_is_read_as_implicit()
      throws IOException {
    DataSet read =
        RawDataSet.littleEndian()
            .explicit(Tag.Modality, "CS", "CR")
            .implicit(Tag.PatientID, "abcd")
            .explicit(Tag.PatientSex, "CS", "F ")
            .read(EXPLICIT);

    assertThat(read.string(Tag.PatientID)).contains("abcd");
    assertThat(read.string(Tag.PatientSex)).contains("F");
  }

  @Test
  void a_representation_of_the_future_has_a_long_length() throws IOException {
    DataSet read =
        RawDataSet.littleEndian()
            .explicitLong(PRIVATE, "XX", 4)
            .text("abcd")
            .explicit(0x0031_0010, "LO", "ab")
            .read(EXPLICIT);

    assertThat(read.find(PRIVATE).orElseThrow().vr()).isEqualTo(Vr.UN);
    assertThat(read.bytes(PRIVATE)).asString().isEqualTo("abcd");
    assertThat(read.string(0x0031_0010)).contains("ab");
  }

  @Test
  void an_invented_representation_with_a_short_length_is_recovered() throws IOException {
    DataSet read =
        RawDataSet.littleEndian()
            .explicit(Tag.Modality, "CS", "CR")
            .explicit(Tag.PatientID, "ZZ", "abcd")
            .explicit(Tag.PatientSex, "??", "F ")
            .explicit(0x0011_0010, "LO", "ab")
            .read(EXPLICIT);

    assertThat(read.string(Tag.PatientID)).contains("abcd");
    assertThat(read.string(Tag.PatientSex)).contains("F");
    assertThat(read.string(0x0011_0010)).contains("ab");
  }

  @Test
  void a_data_set_that_claims_the_other_kind_of_vr_is_told_by_its_first_element()
      throws IOException {
    RawDataSet explicit = RawDataSet.littleEndian().explicit(Tag.Modality, "CS", "CR");
    RawDataSet implicit = RawDataSet.littleEndian().implicit(Tag.Modality, "CR");

    assertThat(explicit.read(IMPLICIT).string(Tag.Modality)).contains("CR");
    assertThat(implicit.read(EXPLICIT).string(Tag.Modality)).contains("CR");
  }

  @Test
  void elements_out_of_order_are_put_in_order() throws IOException {
    DataSet read =
        RawDataSet.littleEndian()
            .explicit(Tag.PatientID, "LO", "\u00E9b")
            .explicit(Tag.Modality, "CS", "CR")
            .explicit(Tag.SpecificCharacterSet, "CS", "ISO_IR 100")
            .read(EXPLICIT);

    assertThat(read).extracting(Element::tag).isSorted();
    assertThat(read.string(Tag.PatientID)).contains("éb");
  }

  @Test
  void pixel_representation_of_the_enclosing_data_set_decides_between_us_and_ss()
      throws IOException {
    DataSet read =
        RawDataSet.littleEndian()
            .delimiter(Tag.PixelRepresentation, 2)
            .u16(1)
            .delimiter(Tag.SmallestImagePixelValue, 2)
            .u16(-5)
            .delimiter(Tag.VOILUTSequence, 26)
            .delimiter(Tag.Item, 18)
            .delimiter(Tag.PixelPaddingValue, 2)
            .u16(-7)
            .implicit(Tag.LUTExplanation, "")
            .read(IMPLICIT);

    assertThat(read.integer(Tag.SmallestImagePixelValue)).hasValue(-5);
    assertThat(read.item(Tag.VOILUTSequence).orElseThrow().integer(Tag.PixelPaddingValue))
        .hasValue(-7);
  }

  @Test
  void a_reader_that_stops_before_the_pixel_data_needs_nothing_of_it() throws IOException {
    byte[] header =
        RawDataSet.littleEndian()
            .explicit(Tag.Modality, "CS", "CR")
            .explicitLong(Tag.PixelData, "OW", 0x7FFF_FFFE)
            .toArray();

    try (InputStream in = new ByteArrayInputStream(header)) {
      DataSet read =
          new DataSetReader(ReadLimits.standard())
              .readBefore(in, EXPLICIT, DataSetReader.PIXEL_DATA_GROUP);
      assertThat(read).extracting(Element::tag).containsExactly(Tag.Modality);
    }
  }

  @Test
  void a_long_value_of_a_stream_is_passed_over() throws IOException {
    DataSet read =
        RawDataSet.littleEndian()
            .explicitLong(Tag.ICCProfile, "OB", 300)
            .bytes(new byte[300])
            .explicit(0x0031_0010, "LO", "ab")
            .read(EXPLICIT, ReadLimits.standard().withValueInMemory(256));

    assertThat(read.octets(Tag.ICCProfile).orElseThrow()).isInstanceOf(PassedOver.class);
    assertThat(read.string(0x0031_0010)).contains("ab");
  }
}
