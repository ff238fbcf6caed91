package io.overread.gateway.commitment;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.overread.audit.AuditAction;
import io.overread.audit.Outcome;
import io.overread.dicom.data.UidGenerator;
import io.overread.gateway.commitment.CommitmentOrderTable.Order;
import io.overread.gateway.peer.PeerProperties;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Asks peers to commit to instances that they were sent (PS3.4 J as SCU). */
public final class CommitmentRequests {

  private final CommitmentOrderTable table;
  private final CommitmentAudit audit;
  private final PeerProperties peers;
  private final SchedulerClient scheduler;
  private final Clock clock;

  CommitmentRequests(
      CommitmentOrderTable table,
      CommitmentAudit audit,
      PeerProperties peers,
      SchedulerClient scheduler,
      Clock clock) {
    this.table = table;
    this.audit = audit;
    this.peers = peers;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /**
   * Has a peer asked, soon. Belongs to the present transaction of Spring, if there is one. Every
   * {@link CommitmentListener} is told the outcome: an answer of the peer, on the association of
   * the request or on one that it opens to us, or that there was none within a day.
   *
   * @param peer its name in {@code overread.peers}
   * @param references what it was sent, at least one
   * @return the Transaction UID
   * @throws IllegalArgumentException when no such peer is configured, or there is no reference
   */
  public String ask(String peer, List<InstanceReference> references) {
    PeerProperties.Peer known = peers.peers().get(peer);
    if (known == null || known.host() == null || references.isEmpty()) {
      throw new IllegalArgumentException("no peer that can be asked, or nothing to ask for");
    }
    String transactionUid = UidGenerator.of(UUID.randomUUID());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return audit.within(
        () -> {
          table.insert(new Order(transactionUid, peer, known.aeTitle(), references, now, false));
          scheduler.scheduleIfNotExists(AskCommitment.TASK.instance(transactionUid).build(), now);
          audit.append(
              AuditAction.COMMITMENT_REQUESTED,
              Outcome.SUCCESS,
              CommitmentAudit.OURSELVES,
              transactionUid,
              Map.of(
                  "peer", CommitmentAudit.ae(known.aeTitle()),
                  "instances", Integer.toString(references.size())));
          return transactionUid;
        });
  }
}
