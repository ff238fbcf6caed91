package io.overread.gateway.commitment;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import io.overread.audit.AuditAction;
import io.overread.audit.Outcome;
import io.overread.gateway.commitment.CommitmentRequestTable.Due;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Takes requests of peers in, as rows with a task, and settles them. */
final class CommitmentRequestDesk {

  /** So long the association of the request has to take the report. */
  private static final Duration ON_THE_SAME_ASSOCIATION = Duration.ofMinutes(2);

  private final CommitmentRequestTable table;
  private final CommitmentAudit audit;
  private final Clock clock;

  CommitmentRequestDesk(CommitmentRequestTable table, CommitmentAudit audit, Clock clock) {
    this.table = table;
    this.audit = audit;
    this.clock = clock;
  }

  /** Takes a request in; once this returns, it will be reported on. */
  UUID take(
      String transactionUid,
      String callingAeTitle,
      List<InstanceReference> references,
      SchedulerClient scheduler) {
    return audit.within(
        () -> {
          UUID id = table.insert(transactionUid, callingAeTitle, references, now());
          scheduler.schedule(
              ReportCommitment.TASK.instance(id.toString()).build(),
              now().plus(ON_THE_SAME_ASSOCIATION),
              ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
          audit.append(
              AuditAction.COMMITMENT_REQUESTED,
              Outcome.SUCCESS,
              CommitmentAudit.ae(callingAeTitle),
              transactionUid,
              Map.of("instances", Integer.toString(references.size())));
          return id;
        });
  }

  Optional<Due> due(UUID id) {
    return table.due(id);
  }

  /** It was reported: the peer has the answer. */
  void reported(Due request, int failed) {
    int committed = request.references().size() - failed;
    settle(request, "REPORTED", Outcome.SUCCESS, committed, failed);
  }

  /** It can't be reported. */
  void givenUp(Due request) {
    settle(request, "GIVEN_UP", Outcome.FAILED, 0, 0);
  }

  private void settle(Due request, String state, Outcome outcome, int committed, int failed) {
    audit.within(
        () -> {
          boolean settled = table.settle(request.id(), state, committed, failed, now());
          if (settled) {
            audit.append(
                AuditAction.COMMITMENT_REPORTED,
                outcome,
                CommitmentAudit.OURSELVES,
                request.transactionUid(),
                Map.of(
                    "to", CommitmentAudit.ae(request.callingAeTitle()),
                    "committed", Integer.toString(committed),
                    "failed", Integer.toString(failed)));
          }
          return settled;
        });
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
