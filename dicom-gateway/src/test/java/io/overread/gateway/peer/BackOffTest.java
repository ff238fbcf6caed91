package io.overread.gateway.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {

  @ParameterizedTest
  @CsvSource({"1, PT30S", "2, PT1M", "3, PT2M", "7, PT32M", "8, PT1H", "2000000000, PT1H"})
  void the_wait_doubles_with_each_failure_up_to_the_longest(int failures, Duration wait) {
    assertThat(BackOff.OF_PEERS.after(failures)).isEqualTo(wait);
  }
}
