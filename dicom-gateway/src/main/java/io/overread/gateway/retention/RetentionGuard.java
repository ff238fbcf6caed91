package io.overread.gateway.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What reporting says of a study whose images might be deleted. The service implements it. */
@FunctionalInterface
public interface RetentionGuard {

  /** Asked within the transaction that deletes, while the study's row is locked. */
  Verdict mayDelete(String studyInstanceUid);

  /** Whether the images are still needed for a report. */
  sealed interface Verdict {}

  /**
   * They are not.
   *
   * @param since when its report was signed or rejected; null where it needs none
   */
  record Settled(@Nullable Instant since) implements Verdict {}

  /** There is a draft that nobody has signed or rejected, or one that failed. */
  record Unsigned() implements Verdict {}

  /** A draft is being made, or has to be. */
  record Due() implements Verdict {}
}
