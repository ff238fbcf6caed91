package io.overread.gateway.commitment;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.Association;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.EventReport;
import io.overread.dicom.net.RequestorSettings;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.gateway.commitment.CommitmentOrderTable.Order;
import io.overread.gateway.peer.BackOff;
import io.overread.gateway.peer.PeerAssociations;
import io.overread.gateway.peer.PeerProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * The durable task that asks a peer to commit, waits a little for the report on the same
 * association, and asks again should none have come in any way for long.
 */
final class AskCommitment {

  /** The task, whose instances are Transaction UIDs. */
  static final TaskDescriptor<Void> TASK = TaskDescriptor.of("ask-commitment");

  private static final int REQUEST_STORAGE_COMMITMENT = 1;

  /** How long, and how often it is looked whether the report came on another association. */
  private static final int LOOKS_ON_THE_SAME_ASSOCIATION = 20;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
  private static final Duration UNTIL_ASKED_AGAIN = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofDays(1);

  private static final List<ProposedContext> CONTEXTS =
      List.of(
          new ProposedContext(
              1,
              Uid.StorageCommitmentPushModel,
              List.of(Uid.ExplicitVRLittleEndian, Uid.ImplicitVRLittleEndian)));

  private final CommitmentOrderTable table;
  private final CommitmentResults results;
  private final PeerProperties peers;
  private final PeerAssociations associations;

  AskCommitment(
      CommitmentOrderTable table,
      CommitmentResults results,
      PeerProperties peers,
      PeerAssociations associations) {
    this.table = table;
    this.results = results;
    this.peers = peers;
    this.associations = associations;
  }

  Task<Void> task() {
    return Tasks.custom(TASK)
        .onFailure(this::retry)
        .onDeadExecution((complete, execution) -> execution.reschedule(complete, results.now()))
        .execute((instance, _) -> ask(instance.getId()));
  }

  private CompletionHandler<Void> ask(String transactionUid) {
    Order order = table.find(transactionUid).filter(found -> !found.settled()).orElse(null);
    if (order == null) {
      return new CompletionHandler.OnCompleteRemove<>();
    }
    PeerProperties.Peer peer = peers.peers().get(order.peer());
    if (peer == null || results.now().isAfter(order.orderedAt().plus(PATIENCE))) {
      results.giveUp(transactionUid, peer == null ? "the peer is gone" : "no answer within a day");
      return new CompletionHandler.OnCompleteRemove<>();
    }
    if (!ask(order, peer)) {
      results.giveUp(transactionUid, "the peer does not accept Storage Commitment");
      return new CompletionHandler.OnCompleteRemove<>();
    }
    return (complete, execution) ->
        execution.reschedule(complete, results.now().plus(UNTIL_ASKED_AGAIN));
  }

  /** Returns false where the peer is no SCP of Storage Commitment. */
  private boolean ask(Order order, PeerProperties.Peer peer) {
    boolean[] reported = {false};
    EventReport.Listener listener =
        event -> {
          reported[0] = true;
          return results.take(event, order.peerAeTitle());
        };
    try (Association association =
        associations.connect(peer, CONTEXTS, List.of(), RequestorSettings.DEFAULT)) {
      if (association.contexts().isEmpty()) {
        return false;
      }
      DimseStatus status =
          association
              .action(
                  Uid.StorageCommitmentPushModel,
                  Uid.StorageCommitmentPushModelInstance,
                  REQUEST_STORAGE_COMMITMENT,
                  References.request(order.transactionUid(), order.references()),
                  listener)
              .status();
      if (!status.isDone()) {
        throw new IOException("the peer answers the request with " + status);
      }
      table.asked(order.transactionUid(), results.now());
      for (int i = 0; i < LOOKS_ON_THE_SAME_ASSOCIATION && !reported[0]; i++) {
        boolean over = association.awaitReport(BETWEEN_LOOKS, listener);
        if (over || !association.isEstablished() || isSettled(order)) {
          return true;
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // The task is tried again.
    }
  }

  private boolean isSettled(Order order) {
    return table.find(order.transactionUid()).filter(Order::settled).isPresent();
  }

  private void retry(ExecutionComplete complete, ExecutionOperations<Void> execution) {
    int failures = complete.getExecution().consecutiveFailures + 1;
    execution.reschedule(complete, results.now().plus(BackOff.OF_PEERS.after(failures)));
  }
}
