package io.overread.gateway.study;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.overread.gateway.study.StudySignal.Availability;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps what peers say of studies, and makes the study due to be looked at. They may say it before
 * its first instance comes, and more than once.
 */
public final class StudyAnnouncements implements StudySignalListener {

  private static final int MOST_INSTANCES = 100_000;

  private final StudyLedger ledger;
  private final CloseStudy closeStudy;
  private final SchedulerClient scheduler;
  private final TransactionTemplate transaction;
  private final Clock clock;

  /** Over the ledger's database. */
  public StudyAnnouncements(
      StudyLedger ledger,
      CloseStudy closeStudy,
      SchedulerClient scheduler,
      TransactionTemplate transaction,
      Clock clock) {
    this.ledger = ledger;
    this.closeStudy = closeStudy;
    this.scheduler = scheduler;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * What was said once.
   *
   * @param key the same for what replaces it: the procedure step's UID, or the digest of what a
   *     notification names, for notifications have no UID and each may name a part of the study
   */
  record Announcement(String key, SignalKind kind, List<String> sopInstanceUids) {}

  @Override
  public void on(StudySignal signal) {
    if (signal instanceof StudySignal.AvailabilityNotified notified
        && notified.availability() == Availability.UNAVAILABLE) {
      // What can't be had any more is not to be waited for.
      return;
    }
    Announcement announcement = announcement(signal);
    if (announcement.sopInstanceUids().size() > MOST_INSTANCES) {
      throw new IllegalArgumentException("more than " + MOST_INSTANCES + " instances are named");
    }
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    transaction.executeWithoutResult(
        status -> {
          if (ledger.announced(signal, announcement, now)) {
            closeStudy.wake(signal.studyInstanceUid(), now, scheduler);
          }
        });
  }

  private static Announcement announcement(StudySignal signal) {
    List<String> named =
        signal.instancesBySeries().values().stream()
            .flatMap(uids -> uids.stream())
            .distinct()
            .sorted()
            .toList();
    return switch (signal) {
      case StudySignal.AvailabilityNotified notified ->
          new Announcement(digest(named), SignalKind.AVAILABLE, named);
      case StudySignal.PerformedStepEnded ended ->
          new Announcement(
              ended.performedStepUid(),
              ended.end() == StudySignal.End.COMPLETED
                  ? SignalKind.STEP_COMPLETED
                  : SignalKind.STEP_DISCONTINUED,
              named);
    };
  }

  private static String digest(List<String> uids) {
    try {
      byte[] bytes = String.join("\n", uids).getBytes(StandardCharsets.US_ASCII);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
