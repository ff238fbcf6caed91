package io.overread.gateway.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UidFilterTest {

  private final UidFilter filter = new UidFilter();

  @Test
  void what_was_added_is_never_denied() {
    IntStream.range(0, 200_000).forEach(number -> filter.add(uid(number)));

    assertThat(IntStream.range(0, 200_000).allMatch(number -> filter.mayHold(uid(number))))
        .isTrue();
  }

  @Test
  void nearly_all_that_was_not_added_is_denied() {
    IntStream.range(0, 200_000).forEach(number -> filter.add(uid(number)));

    long mistaken =
        IntStream.range(200_000, 400_000).filter(number -> filter.mayHold(uid(number))).count();

    assertThat(mistaken).isLessThan(200);
  }

  private static String uid(int number) {
    return "1.2.826.0.1.3680043.9.9999.1.1." + number;
  }
}
