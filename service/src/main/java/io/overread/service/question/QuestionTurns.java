package io.overread.service.question;

import io.overread.service.problem.Problem;
import io.overread.vlm.Cancellation;
import io.overread.vlm.schedule.QueueFullException;
import io.overread.vlm.schedule.Schedule;
import io.overread.vlm.schedule.Urgency;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** A question's place with the model; where there is none, the asker is told when to come again. */
@Component
class QuestionTurns {
  private final Schedule schedule;

  QuestionTurns(Schedule schedule) {
    this.schedule = schedule;
  }

  /** Refuses a question for which there is no room: before it is recorded, and before a stream. */
  void requireRoom() {
    try {
      schedule.requireRoom(Urgency.QUESTION);
    } catch (QueueFullException e) {
      throw busy(e);
    }
  }

  /**
   * Does the work when the question's turn has come.
   *
   * @param bytes memory that it may take
   */
  <T> T run(long bytes, Cancellation cancellation, Supplier<T> work) {
    try {
      return schedule.run(Urgency.QUESTION, bytes, cancellation::requested, work);
    } catch (QueueFullException e) {
      throw busy(e);
    } catch (CancellationException e) {
      throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "The question was called off.");
    }
  }

  private static Problem busy(QueueFullException full) {
    return Problem.busy(String.valueOf(full.getMessage()), full.retryAfter());
  }
}
