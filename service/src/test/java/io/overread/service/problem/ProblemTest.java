package io.overread.service.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class ProblemTest {

  @Test
  void too_much_to_do_is_503_with_the_seconds_after_which_to_come_again() {
    Problem busy = Problem.busy("The model has too much to do.", Duration.ofSeconds(7));
    assertThat(busy.getStatusCode().value()).isEqualTo(503);
    assertThat(busy.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("7");
    assertThat(busy.getBody().getDetail()).isEqualTo("The model has too much to do.");
  }
}
