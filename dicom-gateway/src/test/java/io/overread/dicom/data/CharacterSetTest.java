package io.overread.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.overread.dicom.dictionary.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of PS3.5 Annexes H to K and of PS3.3 C.12.1.1.2, byte for byte. */
class CharacterSetTest {

  @DisplayName("Names of the standard's examples decode, and encode to the standard's bytes")
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "ISO_IR 100 | Buc^J<E9>r<F4>me | Buc^Jérôme",
        "ISO_IR 100 | <C4>neas^R<FC>diger | Äneas^Rüdiger",
        "ISO_IR 101 | Wa<B3><EA>sa | Wałęsa",
        "ISO_IR 109 | <A6>u | Ĥu",
        "ISO_IR 110 | <B6>nis | ļnis",
        "ISO_IR 144 | <BB><EE><DA>ce<DC><D1>yp<D3> | Люкceмбypг",
        "ISO_IR 127 | <E2><C8><C7><E6><EA>^<E4><E6><D2><C7><D1> | قباني^لنزار",
        "ISO_IR 126 | <C4><E9><EF><ED><F5><F3><E9><EF><F2> | Διονυσιος",
        "ISO_IR 138 | <F9><F8><E5><EF>^<E3><E1><E5><F8><E4> | שרון^דבורה",
        "ISO_IR 148 | <DD>stanbul | İstanbul",
        "ISO_IR 203 | <BD>uvre <A4> | œuvre €",
        "ISO_IR 166 | <CA><C1><AA><D2><C2> | สมชาย",
        "ISO_IR 192 | Wang^XiaoDong=<E7><8E><8B>^<E5><B0><8F><E4><B8><9C>= | Wang^XiaoDong=王^小东=",
        "GB18030 | Wang^XiaoDong=<CD><F5>^<D0><A1><B6><AB>= | Wang^XiaoDong=王^小东=",
        "GBK | Wang^XiaoDong=<CD><F5>^<D0><A1><B6><AB>= | Wang^XiaoDong=王^小东=",
        "ISO_IR 13 | <D4><CF><C0><DE>^<C0><DB><B3> | ﾔﾏﾀﾞ^ﾀﾛｳ",
        "\\ISO 2022 IR 87 | Yamada^Tarou=<1B>$B;3ED<1B>(B^<1B>$BB@O:<1B>(B="
            + "<1B>$B$d$^$@<1B>(B^<1B>$B$?$m$&<1B>(B | Yamada^Tarou=山田^太郎=やまだ^たろう",
        "ISO 2022 IR 13\\ISO 2022 IR 87 | <D4><CF><C0><DE>^<C0><DB><B3>=<1B>$B;3ED<1B>(J^"
            + "<1B>$BB@O:<1B>(J=<1B>$B$d$^$@<1B>(J^<1B>$B$?$m$&<1B>(J"
            + " | ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう",
        "\\ISO 2022 IR 149 | Hong^Gildong=<1B>$)C<FB><F3>^<1B>$)C<D1><CE><D4><D7>="
            + "<1B>$)C<C8><AB>^<1B>$)C<B1><E6><B5><BF> | Hong^Gildong=洪^吉洞=홍^길동",
        "\\ISO 2022 IR 58 | Zhang^XiaoDong=<1B>$)A<D5><C5>^<1B>$)A<D0><A1><B6><AB>= "
            + "| Zhang^XiaoDong=张^小东=",
        "ISO 2022 IR 100\\ISO 2022 IR 126 | J<E9>^<1B>-F<C4> | Jé^Δ",
        "\\ISO 2022 IR 144 | <1B>-L<BB> | Л",
      })
  void examples_of_the_standard(String terms, String encoded, String decoded) {
    CharacterSet characterSet = CharacterSet.of(List.of(terms.strip().split("\\\\", -1)));

    assertThat(characterSet.decode(bytes(encoded), Vr.PN)).isEqualTo(decoded);
    assertThat(characterSet.encode(decoded, Vr.PN)).isEqualTo(bytes(encoded));
  }

  @Test
  void a_supplementary_ideograph_of_jis_x_0212_has_its_own_escape_sequence() {
    CharacterSet characterSet = CharacterSet.of(List.of("", "ISO 2022 IR 87", "ISO 2022 IR 159"));
    byte[] encoded = characterSet.encode("丂山", Vr.LO);

    assertThat(encoded).isEqualTo(bytes("<1B>$(D0!<1B>$B;3<1B>(B"));
    assertThat(characterSet.decode(encoded, Vr.LO)).isEqualTo("丂山");
  }

  @Test
  void the_second_byte_of_a_character_is_never_taken_for_a_separator() {
    // PS3.5 6.1.2.3: in GB18030 and GBK it may be 5C hex, the code of the backslash.
    DataSet dataSet = DataSet.withCharacterSet("GBK");
    dataSet.putString(0x0010_4000, Vr.LO, "一\u8AA0", "二");
    byte[] withBackslash = {(byte) 0x95, 0x5C, '\\', 'x', ' ', ' '};
    dataSet.putBytes(0x0010_2160, Vr.LO, withBackslash);

    assertThat(dataSet.strings(0x0010_4000)).containsExactly("一\u8AA0", "二");
    assertThat(dataSet.strings(0x0010_2160)).hasSize(2).last().isEqualTo("x");
  }

  @Test
  void the_second_byte_of_a_character_of_jis_is_never_taken_for_a_separator() {
    // 施 is 3B5C, 枝 is 3B5E, 蚕 is 3B3D: the codes of backslash, caret and equals sign.
    DataSet dataSet = DataSet.withCharacterSet("", "ISO 2022 IR 87");
    dataSet.putBytes(Tag.OtherPatientNames, Vr.PN, bytes("A^<1B>$B;\\;^<1B>(B=<1B>$B;=<1B>(B\\B"));

    assertThat(dataSet.strings(Tag.OtherPatientNames)).containsExactly("A^施枝=蚕", "B");
  }

  @Test
  void each_component_of_each_name_starts_with_the_first_value_of_the_character_set() {
    // PS3.5 6.1.2.5.3: so Korean is invoked anew after each caret, equals sign and backslash.
    DataSet dataSet = DataSet.withCharacterSet("", "ISO 2022 IR 149");
    String one = "Hong^Gildong=洪^吉洞=홍^길동";
    dataSet.putString(Tag.OtherPatientNames, one, "김^희중");

    assertThat(dataSet.bytes(Tag.OtherPatientNames))
        .startsWith(
            bytes(
                "Hong^Gildong=<1B>$)C<FB><F3>^<1B>$)C<D1><CE><D4><D7>="
                    + "<1B>$)C<C8><AB>^<1B>$)C<B1><E6><B5><BF>\\<1B>$)C<B1><E8>^<1B>$)C"));
    assertThat(dataSet.strings(Tag.OtherPatientNames)).containsExactly(one, "김^희중");
  }

  @Test
  void after_a_separator_the_first_value_of_the_character_set_is_active_again() {
    CharacterSet characterSet = CharacterSet.of(List.of("ISO 2022 IR 100", "ISO 2022 IR 126"));

    assertThat(characterSet.decode(bytes("<1B>-F<C4>\\<C4>"), Vr.LO)).isEqualTo("Δ\\Ä");
    assertThat(characterSet.decode(bytes("<1B>-F<C4>\r\n<C4>"), Vr.LT)).isEqualTo("Δ\r\nÄ");
    assertThat(characterSet.decode(bytes("<1B>-F<C4>^<C4>"), Vr.LO)).isEqualTo("Δ^Δ");
  }

  @Test
  void bytes_that_are_no_character_become_the_replacement_character() {
    CharacterSet japanese = CharacterSet.of(List.of("", "ISO 2022 IR 87"));
    CharacterSet utf8 = CharacterSet.of(List.of("ISO_IR 192"));

    assertThat(utf8.decode(new byte[] {'a', (byte) 0xFF, 'b'}, Vr.LO)).isEqualTo("a\uFFFDb");
    assertThat(japanese.decode(bytes("<1B>$B;"), Vr.LO)).isEqualTo("\uFFFD");
    assertThat(japanese.decode(bytes("a<1B>?b"), Vr.LO)).isEqualTo("a\uFFFD?b");
  }

  @Test
  void terms_in_the_spellings_of_careless_writers_are_understood() {
    assertThat(CharacterSet.of(List.of("ISO-IR 144")).decode(bytes("<BB>"), Vr.LO)).isEqualTo("Л");
    assertThat(CharacterSet.of(List.of("iso_ir_100")).decode(bytes("<E9>"), Vr.LO)).isEqualTo("é");
  }

  @Test
  void undeclared_bytes_are_read_as_latin_1_but_never_written() {
    assertThat(CharacterSet.DEFAULT.decode(bytes("M<FC>ller"), Vr.PN)).isEqualTo("Müller");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CharacterSet.DEFAULT.encode("Müller", Vr.PN));
  }

  @Test
  void a_character_beyond_the_repertoire_is_refused_rather_than_lost() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CharacterSet.of(List.of("ISO_IR 100")).encode("山", Vr.LO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CharacterSet.of(List.of("GBK")).encode("\uD83D\uDE00", Vr.LO));
  }

  /** Bytes as hexadecimal digits in angle brackets, other characters as themselves. */
  private static byte[] bytes(String notation) {
    StringBuilder latin1 = new StringBuilder();
    for (int i = 0; i < notation.length(); i++) {
      if (notation.charAt(i) == '<') {
        latin1.append((char) Integer.parseInt(notation.substring(i + 1, i + 3), 16));
        i += 3;
      } else {
        latin1.append(notation.charAt(i));
      }
    }
    return latin1.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
