package io.overread.service.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;

class FrameHeadersTest {

  @Test
  void what_is_not_shown_is_one_line_of_ascii_and_absent_where_all_is_shown() {
    assertThat(notShown(List.of())).isNull();
    assertThat(notShown(List.of("overlay 6000: too large", "overlay 6002: malformed")))
        .isEqualTo("overlay%206000%3A%20too%20large%3B%20overlay%206002%3A%20malformed");
  }

  @Test
  void it_has_a_longest_length() {
    assertThat(notShown(Collections.nCopies(16, "overlay 6000: " + "x".repeat(100))))
        .hasSizeLessThan(700)
        .endsWith("%E2%80%A6");
  }

  private static @Nullable String notShown(List<String> reasons) {
    return FrameHeaders.notShown(ResponseEntity.ok(), reasons)
        .build()
        .getHeaders()
        .getFirst("X-Not-Shown");
  }
}
