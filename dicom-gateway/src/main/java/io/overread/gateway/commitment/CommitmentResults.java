package io.overread.gateway.commitment;

import io.overread.audit.AuditAction;
import io.overread.audit.Outcome;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.EventReport;
import io.overread.gateway.commitment.CommitmentOrderTable.Order;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Enters what became of requests of ours, and tells the listeners. */
final class CommitmentResults {

  private final CommitmentOrderTable table;
  private final CommitmentAudit audit;
  private final Consumer<CommitmentOutcome> listeners;
  private final Clock clock;

  CommitmentResults(
      CommitmentOrderTable table,
      CommitmentAudit audit,
      Consumer<CommitmentOutcome> listeners,
      Clock clock) {
    this.table = table;
    this.audit = audit;
    this.listeners = listeners;
    this.clock = clock;
  }

  /**
   * Takes a report.
   *
   * @param from the AE title of who reports; only who was asked may
   * @return what the peer is told
   */
  DimseStatus take(EventReport report, String from) {
    Optional<String> transactionUid = References.transactionUid(report.dataSet());
    Optional<List<InstanceReference>> committed =
        References.read(report.dataSet(), Tag.ReferencedSOPSequence);
    if (transactionUid.isEmpty() || committed.isEmpty()) {
      return DimseStatus.INVALID_ATTRIBUTE_VALUE;
    }
    return audit.within(() -> take(report, from, transactionUid.get(), committed.get()));
  }

  private DimseStatus take(
      EventReport report, String from, String transactionUid, List<InstanceReference> references) {
    Order order = table.lock(transactionUid).orElse(null);
    if (order == null || !order.peerAeTitle().equals(from)) {
      return DimseStatus.PROCESSING_FAILURE;
    }
    if (order.settled()) {
      return DimseStatus.SUCCESS; // The report came twice: our answer to the first got lost.
    }
    Set<InstanceReference> reported = Set.copyOf(references);
    Map<String, Integer> reasons = References.failures(report.dataSet());
    Set<String> committed = new LinkedHashSet<>();
    Map<String, Integer> failed = new LinkedHashMap<>();
    for (InstanceReference asked : order.references()) {
      String uid = asked.sopInstanceUid();
      if (reported.contains(asked) && !reasons.containsKey(uid)) {
        committed.add(uid);
      } else {
        failed.put(uid, reasons.getOrDefault(uid, 0));
      }
    }
    table.settle(transactionUid, "ANSWERED", committed, null, now());
    settled(
        new CommitmentOutcome.Answered(transactionUid, committed, failed),
        failed.isEmpty() ? Outcome.SUCCESS : Outcome.FAILED,
        CommitmentAudit.ae(from),
        Map.of(
            "committed", Integer.toString(committed.size()),
            "failed", Integer.toString(failed.size())));
    return DimseStatus.SUCCESS;
  }

  /** No answer is waited for any longer. */
  void giveUp(String transactionUid, String detail) {
    audit.within(
        () -> {
          Optional<Order> order = table.lock(transactionUid).filter(found -> !found.settled());
          if (order.isPresent()) {
            table.settle(transactionUid, "GIVEN_UP", List.of(), detail, now());
            settled(
                new CommitmentOutcome.Unanswered(transactionUid, detail),
                Outcome.FAILED,
                CommitmentAudit.OURSELVES,
                Map.of("reason", detail));
          }
          return order.isPresent();
        });
  }

  private void settled(
      CommitmentOutcome outcome, Outcome audited, String actor, Map<String, String> detail) {
    listeners.accept(outcome);
    audit.append(AuditAction.COMMITMENT_REPORTED, audited, actor, outcome.transactionUid(), detail);
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
