package io.overread.gateway.study;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in what peers say of studies, durably, and looks at the study at once. They may say it
 * before its first instance comes, and more than once.
 */
public final class StudyAnnouncements {

  private final StudyLedger ledger;
  private final CloseStudy closeStudy;
  private final SchedulerClient scheduler;
  private final AuditTrail auditTrail;
  private final TransactionTemplate transaction;
  private final Clock clock;

  /** Over the ledger's database. */
  public StudyAnnouncements(
      StudyLedger ledger,
      CloseStudy closeStudy,
      SchedulerClient scheduler,
      AuditTrail auditTrail,
      TransactionTemplate transaction,
      Clock clock) {
    this.ledger = ledger;
    this.closeStudy = closeStudy;
    this.scheduler = scheduler;
    this.auditTrail = auditTrail;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Keeps what was said, with its audit entry; the study is judged anew. */
  public void announced(StudyAnnouncement announcement) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    transaction.executeWithoutResult(
        status -> {
          if (ledger.announced(announcement, now)) {
            closeStudy.wake(announcement.studyInstanceUid(), now, scheduler);
          }
          auditTrail.append(
              new AuditAct(
                  AuditAction.STUDY_ANNOUNCED,
                  Outcome.SUCCESS,
                  "ae:" + announcement.callingAeTitle(),
                  announcement.studyInstanceUid(),
                  announcement.announcementUid(),
                  Map.of(
                      "kind", announcement.kind().name(),
                      "instances", Integer.toString(announcement.sopInstanceUids().size()))));
        });
  }
}
