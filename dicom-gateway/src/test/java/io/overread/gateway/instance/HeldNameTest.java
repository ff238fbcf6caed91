package io.overread.gateway.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldNameTest {

  private static final Instant AT = Instant.parse("2026-11-25T21:00:00.123456Z");

  @Test
  void a_name_tells_what_it_was_made_of() {
    HeldName name = new HeldName(AT, 0xfedc_ba98_7654_3210L, "MODALITY 1", "192.0.2.1", null);

    assertThat(HeldName.parse(name.fileName())).contains(name);
  }

  @Test
  void the_longest_names_of_a_peer_fit_into_a_file_name() {
    HeldName name =
        new HeldName(AT, 0xfedc_ba98_7654_3210L, "\u5c71".repeat(16), "f".repeat(64), null);

    assertThat(name.fileName()).hasSizeLessThan(255).matches("[A-Za-z0-9_-]+\\.held");
    assertThat(HeldName.parse(name.fileName())).contains(name);
  }

  @Test
  void the_longest_name_of_a_user_fits_too() {
    HeldName name =
        new HeldName(
            AT,
            0xfedc_ba98_7654_3210L,
            "STOW-RS",
            "2001:db8:1111:2222:3333:4444:5555:6666",
            "u".repeat(64));

    assertThat(name.fileName()).hasSizeLessThan(255);
    assertThat(HeldName.parse(name.fileName())).contains(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4711.part", ".held", "AAAA.held", "not base64!.held", "Ag.held"})
  void another_name_is_none(String other) {
    assertThat(HeldName.parse(other)).isEmpty();
  }
}
