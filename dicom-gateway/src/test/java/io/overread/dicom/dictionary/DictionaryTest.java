package io.overread.dicom.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

class DictionaryTest {

  @Test
  void an_element_is_found_by_tag_and_by_keyword() {
    assertThat(Tag.PatientName).isEqualTo(0x00100010);
    assertThat(DataElementDictionary.find(Tag.PatientName))
        .contains(
            new DictionaryEntry("00100010", "PN", "1", "PatientName", "Patient's Name", false));
    assertThat(DataElementDictionary.tag("PatientName")).contains(Tag.PatientName);
    assertThat(DataElementDictionary.keyword(Tag.PixelData)).isEqualTo("PixelData");
  }

  @Test
  void every_member_of_a_repeating_group_is_found() {
    assertThat(DataElementDictionary.keyword(0x6000_3000)).isEqualTo("OverlayData");
    assertThat(DataElementDictionary.keyword(0x601E_3000)).isEqualTo("OverlayData");
    assertThat(Tag.OverlayData).isEqualTo(0x6000_3000);
  }

  @Test
  void a_private_element_is_not_found() {
    assertThat(DataElementDictionary.find(0x0009_1001)).isEmpty();
    assertThat(DataElementDictionary.keyword(0x0009_1001)).isEmpty();
  }

  @Test
  void every_generated_tag_is_the_one_that_the_dictionary_has() throws IllegalAccessException {
    int compared = 0;
    for (Field constant : Tag.class.getFields()) {
      assertThat(DataElementDictionary.tag(constant.getName())).contains(constant.getInt(null));
      compared++;
    }
    assertThat(compared).isGreaterThan(5000);
  }

  @Test
  void every_generated_uid_is_registered_under_its_keyword() throws IllegalAccessException {
    int compared = 0;
    for (Field constant : Uid.class.getFields()) {
      String uid = (String) constant.get(null);
      assertThat(UidDictionary.find(uid).orElseThrow().keyword()).isEqualTo(constant.getName());
      compared++;
    }
    assertThat(compared).isGreaterThan(450);
  }

  @Test
  void a_uid_is_named_and_one_that_is_not_registered_names_itself() {
    assertThat(UidDictionary.name(Uid.CTImageStorage)).isEqualTo("CT Image Storage");
    assertThat(UidDictionary.name("1.2.3.4")).isEqualTo("1.2.3.4");
    assertThat(UidDictionary.ofType("Transfer Syntax")).contains(Uid.RLELossless);
  }
}
