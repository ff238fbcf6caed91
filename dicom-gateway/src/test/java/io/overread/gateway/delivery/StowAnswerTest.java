package io.overread.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.gateway.delivery.ResultSender.Answer;
import io.overread.gateway.delivery.ResultSender.Sending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StowAnswerTest {

  @ParameterizedTest
  @CsvSource({
    "200, Accepted",
    "202, Accepted",
    "400, Refused",
    "401, Refused",
    "403, Refused",
    "404, Refused",
    "409, Refused",
    "413, Refused",
    "415, Refused",
    "302, Refused",
    "408, FailedForNow",
    "429, FailedForNow",
    "500, FailedForNow",
    "503, FailedForNow",
    "507, FailedForNow"
  })
  void an_http_status_is_a_yes_a_no_or_not_now(int status, String outcome) {
    assertThat(StowAnswer.of(status, "").getClass().getSimpleName()).isEqualTo(outcome);
  }

  @Test
  void a_failed_object_is_refused_whatever_the_http_status_says() {
    assertThat(StowAnswer.of(200, failed("290"))) // 0122
        .isEqualTo(new Sending.Refused(Answer.of("200", "0122, SOP Class not supported")));
    assertThat(StowAnswer.of(409, failed("42752"))) // A700
        .isEqualTo(new Sending.FailedForNow(Answer.of("409", "A700, out of resources")));
    assertThat(StowAnswer.of(202, failed("\"no number\"")))
        .isInstanceOf(Sending.FailedForNow.class);
  }

  @Test
  void matches_are_looked_through_for_the_instance() {
    String body = "[{\"00080018\": {\"vr\": \"UI\", \"Value\": [\"1.2.3\"]}}]";
    assertThat(StowAnswer.names(body, "1.2.3")).isTrue();
    assertThat(StowAnswer.names(body, "1.2.4")).isFalse();
    assertThat(StowAnswer.names("[]", "1.2.3")).isFalse();
    assertThat(StowAnswer.names("<html>", "1.2.3")).isFalse();
  }

  private static String failed(String reason) {
    return """
    {"00081198": {"vr": "SQ", "Value": [{"00081197": {"vr": "US", "Value": [%s]}}]}}
    """
        .formatted(reason);
  }
}
