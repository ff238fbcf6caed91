package io.overread.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.overread.dicom.dictionary.Tag;
import java.nio.charset.StandardCharsets;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DataSetTest {

  @Test
  void what_is_absent_or_empty_has_no_value() {
    DataSet dataSet = new DataSet().putEmpty(Tag.AccessionNumber);

    assertThat(dataSet.contains(Tag.AccessionNumber)).isTrue();
    assertThat(dataSet.string(Tag.AccessionNumber)).isEmpty();
    assertThat(dataSet.string(Tag.PatientID)).isEmpty();
    assertThat(dataSet.integer(Tag.Rows)).isEmpty();
    assertThat(dataSet.decimal(Tag.SliceThickness)).isEmpty();
    assertThat(dataSet.items(Tag.ReferencedSeriesSequence)).isEmpty();
    assertThat(dataSet.bytes(Tag.PixelData)).isEmpty();
  }

  @Test
  void padding_is_no_part_of_a_value() {
    DataSet dataSet = new DataSet().putBytes(Tag.SOPClassUID, Vr.UI, new byte[] {'1', 0});
    dataSet.putBytes(Tag.PatientID, Vr.LO, " a b ".getBytes(StandardCharsets.US_ASCII));
    dataSet.putBytes(Tag.PatientComments, Vr.LT, " a ".getBytes(StandardCharsets.US_ASCII));

    assertThat(dataSet.string(Tag.SOPClassUID)).contains("1");
    assertThat(dataSet.string(Tag.PatientID)).contains("a b");
    assertThat(dataSet.string(Tag.PatientComments)).contains(" a");
  }

  @Test
  void values_are_kept_in_their_places() {
    DataSet dataSet = new DataSet().putString(Tag.ImageType, "ORIGINAL", "", "AXIAL");

    assertThat(dataSet.strings(Tag.ImageType)).containsExactly("ORIGINAL", "", "AXIAL");
  }

  @Test
  void a_backslash_is_part_of_a_paragraph_and_separates_elsewhere() {
    DataSet dataSet = new DataSet().putString(Tag.PatientComments, "a\\b");

    assertThat(dataSet.strings(Tag.PatientComments)).containsExactly("a\\b");
    assertThatIllegalArgumentException().isThrownBy(() -> dataSet.putString(Tag.PatientID, "a\\b"));
  }

  @Test
  void numbers_are_numbers_whether_printed_or_binary() {
    DataSet dataSet =
        new DataSet()
            .putInteger(Tag.InstanceNumber, 7)
            .putInteger(Tag.Rows, 65_535)
            .putDecimal(Tag.PixelSpacing, 0.1, 0.25)
            .putDecimal(Tag.RealWorldValueSlope, -1.5)
            .putInteger(Tag.FrameIncrementPointer, Tag.FrameTime);

    assertThat(dataSet.integer(Tag.InstanceNumber)).hasValue(7);
    assertThat(dataSet.integer(Tag.Rows)).hasValue(65_535);
    assertThat(dataSet.string(Tag.Rows)).contains("65535");
    assertThat(dataSet.decimals(Tag.PixelSpacing)).containsExactly(0.1, 0.25);
    assertThat(dataSet.decimal(Tag.RealWorldValueSlope)).hasValue(-1.5);
    assertThat(dataSet.integer(Tag.FrameIncrementPointer)).hasValue(Tag.FrameTime);
    assertThat(dataSet.string(Tag.FrameIncrementPointer)).contains("(0018,1063)");
  }

  @Test
  void text_that_is_no_number_is_no_number() {
    DataSet dataSet =
        new DataSet()
            .putString(Tag.NumberOfFrames, "1A")
            .putString(Tag.SliceThickness, "1e9999999");
    dataSet.putString(Tag.InstanceNumber, "99999999999").putString(Tag.SeriesNumber, "1.5");

    assertThat(dataSet.integer(Tag.NumberOfFrames)).isEmpty();
    assertThat(dataSet.decimal(Tag.SliceThickness)).isEmpty();
    assertThat(dataSet.integer(Tag.InstanceNumber)).isEmpty();
    assertThat(dataSet.integer(Tag.SeriesNumber)).isEmpty();
  }

  @Test
  void a_decimal_string_keeps_within_sixteen_characters() {
    for (double value : new double[] {Math.PI, -Math.E * 1e-10, 1e300, -1.0 / 3e200, 1e15, 0}) {
      DataSet dataSet = new DataSet().putDecimal(Tag.SliceThickness, value);

      assertThat(dataSet.string(Tag.SliceThickness).orElseThrow()).hasSizeLessThanOrEqualTo(16);
      assertThat(dataSet.decimal(Tag.SliceThickness).orElseThrow())
          .isCloseTo(value, Offset.offset(Math.abs(value) * 1e-7));
    }
  }

  @Test
  void a_number_that_a_representation_can_not_hold_is_refused() {
    DataSet dataSet = new DataSet();

    assertThatIllegalArgumentException().isThrownBy(() -> dataSet.putInteger(Tag.Rows, 65_536));
    assertThatIllegalArgumentException().isThrownBy(() -> dataSet.putInteger(Tag.Rows, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dataSet.putDecimal(Tag.SliceThickness, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> dataSet.putString(Tag.Rows, "1"));
  }

  @Test
  void an_item_has_the_character_set_of_what_encloses_it() {
    DataSet item = new DataSet();
    DataSet dataSet = DataSet.withCharacterSet("ISO_IR 192");
    dataSet.putItems(Tag.ReferencedSeriesSequence, item);
    item.putString(Tag.PatientName, "山田^太郎");

    assertThat(item.string(Tag.PatientName)).contains("山田^太郎");
  }

  @Test
  void an_item_that_moves_under_another_character_set_keeps_its_own() {
    DataSet source = DataSet.withCharacterSet("ISO_IR 100");
    DataSet item = new DataSet();
    source.putItems(Tag.ReferencedSeriesSequence, item);
    item.putString(Tag.PatientName, "Müller");

    DataSet target = DataSet.withCharacterSet("ISO_IR 192");
    target.putItems(Tag.ReferencedSeriesSequence, item.copy());
    DataSet moved = target.item(Tag.ReferencedSeriesSequence).orElseThrow();

    assertThat(moved.string(Tag.PatientName)).contains("Müller");
    assertThat(moved.string(Tag.SpecificCharacterSet)).contains("ISO_IR 100");
    assertThatIllegalStateException()
        .isThrownBy(() -> target.putItems(Tag.ReferencedSeriesSequence, item));
  }

  @Test
  void the_character_set_can_not_change_beneath_text_that_depends_on_it() {
    DataSet dataSet = DataSet.withCharacterSet("ISO_IR 100").putString(Tag.PatientName, "Müller");

    assertThatIllegalStateException()
        .isThrownBy(() -> dataSet.putString(Tag.SpecificCharacterSet, "ISO_IR 192"));
    assertThatIllegalStateException().isThrownBy(() -> dataSet.remove(Tag.SpecificCharacterSet));
  }

  @Test
  void private_elements_live_in_the_block_of_their_creator() {
    DataSet dataSet = new DataSet();
    PrivateBlock first = PrivateBlock.reserve(dataSet, 0x0029, "ONE");
    PrivateBlock second = PrivateBlock.reserve(dataSet, 0x0029, "TWO");

    assertThat(first.tag(5)).isEqualTo(0x0029_1005);
    assertThat(second.tag(5)).isEqualTo(0x0029_1105);
    assertThat(PrivateBlock.find(dataSet, 0x0029, "TWO")).contains(second);
    assertThat(PrivateBlock.find(dataSet, 0x0029, "THREE")).isEmpty();
    assertThat(PrivateBlock.reserve(dataSet, 0x0029, "ONE")).isEqualTo(first);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrivateBlock.reserve(dataSet, 0x0028, "ONE"));
  }

  @Test
  void an_element_prints_without_its_value() {
    DataSet dataSet = new DataSet().putString(Tag.PatientName, "Doe^Jane");

    assertThat(dataSet.find(Tag.PatientName).orElseThrow())
        .hasToString("(0010,0010) PN PatientName");
  }

  @Test
  void a_copy_does_not_change_with_its_original() {
    DataSet item = new DataSet().putString(Tag.PatientID, "1");
    DataSet dataSet = new DataSet().putItems(Tag.ReferencedSeriesSequence, item);
    DataSet copy = dataSet.copy();
    item.putString(Tag.PatientID, "2");
    dataSet.putString(Tag.Modality, "CR");

    assertThat(copy.contains(Tag.Modality)).isFalse();
    assertThat(copy.item(Tag.ReferencedSeriesSequence).orElseThrow().string(Tag.PatientID))
        .contains("1");
  }
}
