package io.overread.gateway.retention;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import io.overread.gateway.instance.DeletedFiles;
import io.overread.gateway.instance.DeletedFiles.Marked;
import io.overread.gateway.retention.RetentionGuard.Due;
import io.overread.gateway.retention.RetentionGuard.Settled;
import io.overread.gateway.retention.RetentionGuard.Unsigned;
import io.overread.gateway.retention.RetentionTable.Candidate;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionTemplate;

/** Marks the images of one study as deleted, with the audit entry of it, if nothing needs them. */
final class StudyDeletion {

  private final RetentionTable table;
  private final Supplier<RetentionGuard> guard;
  private final DeletedFiles files;
  private final AuditTrail auditTrail;
  private final TransactionTemplate transaction;
  private final boolean unsigned;

  StudyDeletion(
      RetentionTable table,
      Supplier<RetentionGuard> guard,
      DeletedFiles files,
      AuditTrail auditTrail,
      TransactionTemplate transaction,
      boolean unsigned) {
    this.table = table;
    this.guard = guard;
    this.files = files;
    this.auditTrail = auditTrail;
    this.transaction = transaction;
    this.unsigned = unsigned;
  }

  /**
   * Commits the marks; the files are the next step's.
   *
   * @param before when the last image must have come and the report have been signed
   * @param policy in words, for the audit trail
   * @return what was marked; nothing when the images have to stay
   */
  Marked delete(String studyInstanceUid, Instant before, String policy, Instant now) {
    return Objects.requireNonNull(
        transaction.execute(
            status ->
                table
                    .lock(studyInstanceUid)
                    .flatMap(this::oldSince)
                    .filter(since -> !since.isAfter(before))
                    .map(since -> mark(studyInstanceUid, policy, now))
                    .orElse(new Marked(0, 0))));
  }

  /** From when its age counts; empty while a report needs its images. */
  private Optional<Instant> oldSince(Candidate study) {
    return switch (guard.get().mayDelete(study.studyInstanceUid())) {
      case Due due -> Optional.empty();
      case Unsigned draft -> unsigned ? Optional.of(study.since()) : Optional.empty();
      case Settled(Instant since) ->
          Optional.of(since == null || since.isBefore(study.since()) ? study.since() : since);
    };
  }

  private Marked mark(String studyInstanceUid, String policy, Instant now) {
    Marked marked = files.mark(studyInstanceUid, now);
    table.deleted(studyInstanceUid, now);
    if (marked.instances() > 0) {
      auditTrail.append(
          new AuditAct(
              AuditAction.IMAGES_DELETED,
              Outcome.SUCCESS,
              "service",
              studyInstanceUid,
              null,
              Map.of(
                  "instances", Integer.toString(marked.instances()),
                  "bytes", Long.toString(marked.bytes()),
                  "policy", policy)));
    }
    return marked;
  }
}
