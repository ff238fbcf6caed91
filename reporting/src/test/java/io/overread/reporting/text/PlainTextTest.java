package io.overread.reporting.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
  @Test
  void line_ends_become_line_feeds_and_blanks_at_the_ends_go() {
    assertThat(PlainText.of("report", "  a\r\nb\rc\td \n", 100).value()).isEqualTo("a\nb\nc\td");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\n\t", "a\u0000b", "a\u001bb", "a\u0085b", "a\ud800b"})
  void empty_text_control_characters_and_half_surrogates_are_refused(String sent) {
    assertThatThrownBy(() -> PlainText.of("report", sent, 100))
        .isInstanceOf(InvalidTextException.class);
  }

  @Test
  void the_longest_text_is_taken_and_one_more_character_is_not() {
    assertThat(PlainText.of("reason", "x".repeat(20), 20).value()).hasSize(20);
    assertThatThrownBy(() -> PlainText.of("reason", "x".repeat(21), 20))
        .isInstanceOf(InvalidTextException.class)
        .hasMessage("The reason is longer than 20 characters.");
  }

  @Test
  void characters_beyond_the_basic_plane_are_taken() {
    assertThat(PlainText.of("report", "\ud83e\uddba 胸部", 20).value()).isEqualTo("\ud83e\uddba 胸部");
  }

  @Test
  void the_digest_is_sha_256_of_the_utf_8_bytes() {
    assertThat(new PlainText("abc").digest())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }
}
