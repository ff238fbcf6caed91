package io.overread.gateway.commitment;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.DimseRequest;
import io.overread.dicom.net.DimseResponder;
import io.overread.dicom.net.DimseResponse;
import io.overread.dicom.net.DimseService;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.EventReport;
import io.overread.dicom.net.dimse.CommandField;
import io.overread.gateway.commitment.CommitmentRequestTable.Due;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The Storage Commitment Push Model on associations that peers open, PS3.4 J.3: as SCP their
 * requests, as SCU their reports on requests of ours.
 */
final class CommitmentService implements DimseService {

  private static final int REQUEST_STORAGE_COMMITMENT = 1;
  private static final DimseStatus NO_SUCH_OBJECT_INSTANCE = new DimseStatus(0x0112);
  private static final DimseStatus INVALID_ARGUMENT_VALUE = new DimseStatus(0x0115);
  private static final DimseStatus NO_SUCH_ACTION = new DimseStatus(0x0123);

  /** More takes longer to read than a peer may want to wait for what it sends next. */
  private static final long MOST_BYTES_MEANWHILE = 512L << 20;

  private final CommitmentRequestDesk desk;
  private final Verification verification;
  private final ReportCommitment reports;
  private final CommitmentResults results;
  private final SchedulerClient scheduler;

  CommitmentService(
      CommitmentRequestDesk desk,
      Verification verification,
      ReportCommitment reports,
      CommitmentResults results,
      SchedulerClient scheduler) {
    this.desk = desk;
    this.verification = verification;
    this.reports = reports;
    this.results = results;
    this.scheduler = scheduler;
  }

  @Override
  public Set<String> sopClassUids() {
    return Set.of(Uid.StorageCommitmentPushModel);
  }

  /** To report to us. */
  @Override
  public boolean requestorMayBeScp(String sopClassUid) {
    return sopClassUid.equals(Uid.StorageCommitmentPushModel);
  }

  @Override
  public void serve(DimseRequest request, DimseResponder responder) throws IOException {
    try {
      switch (request.field()) {
        case CommandField.N_ACTION_RQ -> act(request, responder);
        case CommandField.N_EVENT_REPORT_RQ -> responder.respond(DimseResponse.of(take(request)));
        default -> responder.respond(DimseResponse.of(DimseStatus.UNRECOGNIZED_OPERATION));
      }
    } catch (DicomFormatException e) {
      responder.respond(
          DimseResponse.of(DimseStatus.PROCESSING_FAILURE, "The data set is malformed"));
    }
  }

  private DimseStatus take(DimseRequest request) throws IOException {
    Optional<EventReport> event = EventReport.of(request);
    return event.isEmpty()
        ? NO_SUCH_OBJECT_INSTANCE
        : results.take(event.get(), request.association().callingAeTitle());
  }

  private void act(DimseRequest request, DimseResponder responder) throws IOException {
    int action = request.command().number(Tag.ActionTypeID).orElse(0);
    if (!request
        .command()
        .sopInstanceUid()
        .filter(Uid.StorageCommitmentPushModelInstance::equals)
        .isPresent()) {
      responder.respond(DimseResponse.of(NO_SUCH_OBJECT_INSTANCE));
      return;
    }
    if (action != REQUEST_STORAGE_COMMITMENT) {
      responder.respond(DimseResponse.of(NO_SUCH_ACTION));
      return;
    }
    DataSet information = request.readDataSet();
    Optional<String> transactionUid = References.transactionUid(information);
    Optional<List<InstanceReference>> references =
        References.read(information, Tag.ReferencedSOPSequence).filter(list -> !list.isEmpty());
    if (transactionUid.isEmpty() || references.isEmpty()) {
      responder.respond(
          DimseResponse.of(INVALID_ARGUMENT_VALUE, "No Transaction UID, or no valid references"));
      return;
    }
    String peer = request.association().callingAeTitle();
    UUID id = desk.take(transactionUid.get(), peer, references.get(), scheduler);
    responder.respond(DimseResponse.of(DimseStatus.SUCCESS));
    report(id, responder);
  }

  /** On the same association while it is there; otherwise the task does it, at once. */
  private void report(UUID id, DimseResponder responder) throws IOException {
    boolean reported = false;
    try {
      Due request = desk.due(id).orElse(null);
      reported =
          request == null
              || (verification.sizeBytes(request.references()) <= MOST_BYTES_MEANWHILE
                  && report(request, responder));
    } finally {
      if (!reported) {
        scheduler.reschedule(ReportCommitment.TASK.instance(id.toString()).build(), desk.now());
      }
    }
  }

  private boolean report(Due request, DimseResponder responder) throws IOException {
    Map<String, Integer> failures = verification.failures(request.references());
    EventReport report = reports.report(request, failures);
    boolean done =
        responder
            .report(report.sopInstanceUid(), report.eventTypeId(), report.dataSet())
            .filter(response -> response.status().isDone())
            .isPresent();
    if (done) {
      desk.reported(request, failures.size());
    }
    return done;
  }
}
