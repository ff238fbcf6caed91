package io.overread.gateway.instance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeerTextTest {

  @Test
  void what_would_break_a_log_line_or_a_column_becomes_a_question_mark() {
    assertThat(PeerText.line("a\r\nb\0c\u2028d\u001b[2J", 100)).isEqualTo("a??b?c?d?[2J");
    assertThat(PeerText.line("x\ud800y", 100)).isEqualTo("x?y");
  }

  @Test
  void names_in_any_script_stay_as_they_are() {
    String name = "Yamada^Tarou=\u5c71\u7530^\u592a\u90ce=\u3084\u307e\u3060";

    assertThat(PeerText.line(name, 100)).isEqualTo(name);
  }

  @Test
  void a_limit_never_splits_a_character() {
    assertThat(PeerText.line("ab\ud83e\ude7b", 3)).isEqualTo("ab");
  }

  @Test
  void blanks_are_no_value() {
    assertThat(PeerText.value("   ", 10)).isNull();
    assertThat(PeerText.value(null, 10)).isNull();
    assertThat(PeerText.value(" 17 ", 10)).isEqualTo("17");
  }
}
