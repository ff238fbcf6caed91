package io.overread.service.schedule;

import io.overread.vlm.schedule.ScheduleSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What the model may have to do at a time.
 *
 * @param atOnce questions and drafts under way together; drafts take three quarters at most
 * @param waiting pieces of work of one urgency that may wait; the next question is told to come
 *     again. Drafts have threads of their own, fewer than four
 * @param longestWait how long a question waits before it is told so
 * @param answerMemory for the caches of what is under way; what four answers may take at least
 * @param studyMemory for studies as the model has read them, kept for the next question
 */
@Validated
@ConfigurationProperties("overread.schedule")
public record ScheduleProperties(
    @DefaultValue("8") @Min(2) @Max(256) int atOnce,
    @DefaultValue("32") @Min(4) @Max(10_000) int waiting,
    @DefaultValue("20s") Duration longestWait,
    @DefaultValue("512MB") DataSize answerMemory,
    @DefaultValue("256MB") DataSize studyMemory) {

  /** Drafts and a question beside them, so that it need not wait for one of theirs to end. */
  private static final int FEWEST_ANSWERS = 4;

  /**
   * As the engine takes them.
   *
   * @param largestBytes the most that one draft may take
   */
  ScheduleSettings settings(long largestBytes) {
    long bytes = Math.max(answerMemory.toBytes(), FEWEST_ANSWERS * largestBytes);
    return new ScheduleSettings(atOnce, waiting, longestWait, bytes);
  }
}
