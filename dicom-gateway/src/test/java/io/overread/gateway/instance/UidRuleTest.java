package io.overread.gateway.instance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UidRuleTest {

  @ParameterizedTest
  @ValueSource(strings = {"1.2.840.10008.1.1", "2.25.0", "1", "1.02.3"})
  void a_uid_is_digits_in_components(String uid) {
    assertThat(UidRule.isUid(uid)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "1.",
        ".1",
        "1..2",
        "1.2 ",
        "../../etc/passwd",
        "1.2;drop table study",
        "1.2\0",
        "1.2.3.4.5.6.7.8.9.1.2.3.4.5.6.7.8.9.1.2.3.4.5.6.7.8.9.1.2.3.4.5.6",
        "\u0661.\u0662"
      })
  void anything_else_is_none(String text) {
    assertThat(UidRule.isUid(text)).isFalse();
  }
}
