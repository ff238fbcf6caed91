package io.overread.gateway.commitment;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.Association;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.EventReport;
import io.overread.dicom.net.RequestorSettings;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.pdu.RoleSelection;
import io.overread.gateway.commitment.CommitmentRequestTable.Due;
import io.overread.gateway.peer.BackOff;
import io.overread.gateway.peer.PeerAssociations;
import io.overread.gateway.peer.PeerProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable task that reports on a request whose own association did not take the report: on a
 * new one to the peer, in the role of SCP (PS3.4 J.3.3), again and again for a day.
 */
final class ReportCommitment {

  /** The task, whose instances are ids of requests. */
  static final TaskDescriptor<Void> TASK = TaskDescriptor.of("report-commitment");

  private static final Duration PATIENCE = Duration.ofDays(1);
  private static final Logger LOG = LoggerFactory.getLogger(ReportCommitment.class);

  private static final List<ProposedContext> CONTEXTS =
      List.of(
          new ProposedContext(
              1,
              Uid.StorageCommitmentPushModel,
              List.of(Uid.ExplicitVRLittleEndian, Uid.ImplicitVRLittleEndian)));

  private static final List<RoleSelection> ROLES =
      List.of(new RoleSelection(Uid.StorageCommitmentPushModel, false, true));

  private final CommitmentRequestDesk desk;
  private final Verification verification;
  private final PeerProperties peers;
  private final PeerAssociations associations;

  ReportCommitment(
      CommitmentRequestDesk desk,
      Verification verification,
      PeerProperties peers,
      PeerAssociations associations) {
    this.desk = desk;
    this.verification = verification;
    this.peers = peers;
    this.associations = associations;
  }

  Task<Void> task() {
    return Tasks.custom(TASK)
        .onFailure(this::retry)
        .onDeadExecution((complete, execution) -> execution.reschedule(complete, desk.now()))
        .execute((instance, _) -> report(UUID.fromString(instance.getId())));
  }

  private CompletionHandler<Void> report(UUID id) {
    Due request = desk.due(id).orElse(null);
    if (request == null) {
      return new CompletionHandler.OnCompleteRemove<>();
    }
    PeerProperties.Peer peer = peers.withAeTitle(request.callingAeTitle()).orElse(null);
    boolean late = desk.now().isAfter(request.requestedAt().plus(PATIENCE));
    if (peer == null || peer.host() == null || late) {
      LOG.warn("A storage commitment of {} can't be reported", request.callingAeTitle());
      desk.givenUp(request);
      return new CompletionHandler.OnCompleteRemove<>();
    }
    Map<String, Integer> failures = verification.failures(request.references());
    send(peer, report(request, failures));
    desk.reported(request, failures.size());
    return new CompletionHandler.OnCompleteRemove<>();
  }

  /** Event Information of a report on the request. */
  EventReport report(Due request, Map<String, Integer> failures) {
    DataSet information =
        References.report(
            request.transactionUid(), associations.aeTitle(), request.references(), failures);
    return new EventReport(
        Uid.StorageCommitmentPushModel,
        Uid.StorageCommitmentPushModelInstance,
        failures.isEmpty() ? References.EVENT_ALL : References.EVENT_SOME_FAILED,
        information);
  }

  private void send(PeerProperties.Peer peer, EventReport report) {
    try (Association association =
        associations.connect(peer, CONTEXTS, ROLES, RequestorSettings.DEFAULT)) {
      if (association.contexts().isEmpty()) {
        throw new IOException("the peer does not accept Storage Commitment");
      }
      DimseStatus status = association.report(report).status();
      if (!status.isDone()) {
        throw new IOException("the peer answers the report with " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // The task is tried again.
    }
  }

  private void retry(ExecutionComplete complete, ExecutionOperations<Void> execution) {
    int failures = complete.getExecution().consecutiveFailures + 1;
    execution.reschedule(complete, desk.now().plus(BackOff.OF_PEERS.after(failures)));
  }
}
