package io.overread.gateway.priors;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.overread.gateway.study.StudyCompletion;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells priors from studies that are to be read, and makes the search for priors due. */
public final class Priors {

  private static final int MOST_REMEMBERED = 10_000;

  private final SearchTable table;
  private final PriorTable priors;
  private final boolean configured;
  private final TransactionTemplate transaction;
  private final Supplier<SchedulerClient> scheduler;
  private final Supplier<Instant> now;
  private final Set<String> lately = ConcurrentHashMap.newKeySet();

  /**
   * With its collaborators.
   *
   * @param configured whether there is an archive to ask
   * @param scheduler asked for late, since it needs the task that closes studies, which needs this
   */
  Priors(
      SearchTable table,
      PriorTable priors,
      boolean configured,
      TransactionTemplate transaction,
      Supplier<SchedulerClient> scheduler,
      Supplier<Instant> now) {
    this.table = table;
    this.priors = priors;
    this.configured = configured;
    this.transaction = transaction;
    this.scheduler = scheduler;
    this.now = now;
  }

  /**
   * What follows when a study is complete: nothing for a prior, else the next step of its journey,
   * and the search for its priors, which that step doesn't wait for.
   */
  public StudyCompletion before(StudyCompletion journey) {
    return study -> {
      if (!table.isPrior(study.studyInstanceUid())) {
        journey.studyCompleted(study);
        seek(study.studyInstanceUid());
      }
    };
  }

  /** Whether a study was fetched as a prior, and nothing of it came otherwise. */
  public boolean isPrior(String studyInstanceUid) {
    return table.isPrior(studyInstanceUid);
  }

  /** The earlier studies of the patient that are held, the latest first. */
  public List<PriorStudy> of(String studyInstanceUid) {
    return priors.of(studyInstanceUid);
  }

  /** Makes the search due for a study of which something arrived, unless it is a prior itself. */
  void arrived(String studyInstanceUid) {
    if (lately.size() >= MOST_REMEMBERED) {
      lately.clear();
    }
    // Every instance is an arrival; only the first of its study is worth a look at the tables.
    if (lately.add(studyInstanceUid) && !table.isPrior(studyInstanceUid)) {
      seek(studyInstanceUid);
    }
  }

  /** Makes the search due, once for each study, in the present transaction if there is one. */
  private void seek(String studyInstanceUid) {
    if (configured) {
      transaction.executeWithoutResult(_ -> schedule(studyInstanceUid));
    }
  }

  private void schedule(String studyInstanceUid) {
    if (table.insert(studyInstanceUid, now.get())) {
      scheduler
          .get()
          .scheduleIfNotExists(FetchPriors.TASK.instance(studyInstanceUid).build(), now.get());
    }
  }
}
