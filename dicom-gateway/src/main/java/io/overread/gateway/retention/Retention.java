package io.overread.gateway.retention;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.overread.gateway.instance.DeletedFiles;
import io.overread.gateway.instance.DeletedFiles.Marked;
import io.overread.gateway.retention.RetentionTable.Candidate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.springframework.util.unit.DataSize;

/**
 * The durable task that applies the policy, again and again. Each study is a transaction of its
 * own; its files are deleted when that is committed. What a crash left is deleted first, whatever
 * the policy is by then.
 */
public final class Retention {

  static final TaskDescriptor<Void> TASK = TaskDescriptor.of("delete-images");

  private static final int PAGE = 100;

  /** So that one execution ends in time; the next one goes on. */
  private static final int MOST_STUDIES = 1000;

  private static final Candidate FIRST = new Candidate("", Instant.EPOCH);

  private final RetentionProperties policy;
  private final RetentionTable table;
  private final StudyDeletion deletion;
  private final DeletedFiles files;
  private final LongSupplier freeBytes;
  private final Clock clock;

  Retention(
      RetentionProperties policy,
      RetentionTable table,
      StudyDeletion deletion,
      DeletedFiles files,
      LongSupplier freeBytes,
      Clock clock) {
    this.policy = policy;
    this.table = table;
    this.deletion = deletion;
    this.files = files;
    this.freeBytes = freeBytes;
    this.clock = clock;
  }

  /** The task for db-scheduler. */
  Task<Void> task() {
    return Tasks.recurring(TASK, FixedDelay.of(policy.every()))
        .execute((instance, context) -> run());
  }

  /** Deletes what the policy lets go now. */
  void run() {
    files.delete();
    Duration keep = policy.keep();
    if (keep != null) {
      delete(keep, "keep " + keep, Long.MAX_VALUE, marked -> 1);
    }
    DataSize wanted = policy.freeSpace();
    if (wanted != null) {
      // Told once: a file system may show late what was freed, and images can't be brought back.
      long missing = wanted.toBytes() - freeBytes.getAsLong();
      delete(policy.atLeast(), "free-space " + wanted, missing, Marked::bytes);
    }
  }

  /** Deletes studies of that age, the oldest first, until they weigh enough together. */
  private void delete(Duration age, String words, long enough, ToLongFunction<Marked> weight) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant before = now.minus(age);
    long weighed = 0;
    int deleted = 0;
    Candidate last = FIRST;
    while (weighed < enough) {
      List<Candidate> page = table.before(before, last, PAGE);
      for (Candidate study : page) {
        if (weighed >= enough || deleted >= MOST_STUDIES) {
          return;
        }
        Marked marked = deletion.delete(study.studyInstanceUid(), before, words, now);
        if (marked.instances() > 0) {
          files.delete();
          weighed += weight.applyAsLong(marked);
          deleted++;
        }
      }
      if (page.size() < PAGE) {
        return;
      }
      last = page.getLast();
    }
  }
}
