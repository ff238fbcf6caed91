package io.overread.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.dictionary.Tag;
import org.junit.jupiter.api.Test;

class PersonNameTest {

  @Test
  void five_components_make_a_group() {
    PersonName name = PersonName.parse("Adams^John Robert Quincy^^Rev.^B.A. M.Div.");

    assertThat(name.alphabetic())
        .isEqualTo(new PersonName.Group("Adams", "John Robert Quincy", "", "Rev.", "B.A. M.Div."));
    assertThat(name.alphabetic().display()).isEqualTo("Rev. John Robert Quincy Adams B.A. M.Div.");
    assertThat(name).hasToString("Adams^John Robert Quincy^^Rev.^B.A. M.Div.");
  }

  @Test
  void three_groups_are_told_apart() {
    PersonName name = PersonName.parse("Yamada^Tarou=山田^太郎=やまだ^たろう");

    assertThat(name.alphabetic().familyName()).isEqualTo("Yamada");
    assertThat(name.ideographic().familyName()).isEqualTo("山田");
    assertThat(name.phonetic().givenName()).isEqualTo("たろう");
    assertThat(name).hasToString("Yamada^Tarou=山田^太郎=やまだ^たろう");
  }

  @Test
  void trailing_delimiters_say_nothing() {
    assertThat(PersonName.parse("Doe^^^^==")).hasToString("Doe");
    assertThat(PersonName.parse("").alphabetic().isEmpty()).isTrue();
    assertThat(PersonName.parse("=山田").ideographic().isEmpty()).isFalse();
  }

  @Test
  void more_delimiters_than_the_standard_knows_do_no_harm() {
    PersonName name = PersonName.parse("a^b^c^d^e^f^g=h=i=j=k");

    assertThat(name.alphabetic().suffix()).isEqualTo("e^f^g");
    assertThat(name.phonetic().familyName()).isEqualTo("i");
  }

  @Test
  void a_data_set_hands_out_its_first_name() {
    DataSet dataSet = new DataSet().putString(Tag.PatientName, "Doe^Jane");

    assertThat(dataSet.personName(Tag.PatientName)).contains(PersonName.parse("Doe^Jane"));
    assertThat(dataSet.personName(Tag.ReferringPhysicianName)).isEmpty();
  }
}
