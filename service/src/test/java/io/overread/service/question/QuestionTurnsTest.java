package io.overread.service.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.service.problem.Problem;
import io.overread.vlm.Cancellation;
import io.overread.vlm.schedule.Schedule;
import io.overread.vlm.schedule.ScheduleListener;
import io.overread.vlm.schedule.ScheduleSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class QuestionTurnsTest {

  private final QuestionTurns turns =
      new QuestionTurns(
          new Schedule(
              new ScheduleSettings(1, 0, Duration.ofSeconds(1), 100), ScheduleListener.NONE));

  @Test
  void a_question_more_than_there_is_room_for_is_answered_503_with_retry_after() {
    String answer =
        turns.run(
            1,
            new Cancellation(),
            () -> {
              assertBusy(turns::requireRoom);
              assertBusy(() -> turns.run(1, new Cancellation(), () -> "never"));
              return "answered";
            });
    assertThat(answer).isEqualTo("answered");
    turns.requireRoom();
  }

  private static void assertBusy(Runnable question) {
    assertThatThrownBy(question::run)
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.getStatusCode().value()).isEqualTo(503);
              assertThat(problem.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
            });
  }
}
