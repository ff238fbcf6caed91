package io.overread.gateway.query;

import io.overread.audit.AuditAction;
import io.overread.audit.Outcome;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.DimseRequest;
import io.overread.dicom.net.DimseResponder;
import io.overread.dicom.net.DimseResponse;
import io.overread.dicom.net.DimseService;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.SubOperations;
import io.overread.dicom.net.dimse.CommandField;
import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.instance.StoredInstances;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** C-GET and C-MOVE as SCP of the patient root and the study root, PS3.4 C.4.2 and C.4.3. */
final class RetrieveService implements DimseService {

  private static final Set<String> PATIENT_ROOT =
      Set.of(
          Uid.PatientRootQueryRetrieveInformationModelGet,
          Uid.PatientRootQueryRetrieveInformationModelMove);

  private static final Set<String> SOP_CLASSES =
      Set.of(
          Uid.PatientRootQueryRetrieveInformationModelGet,
          Uid.PatientRootQueryRetrieveInformationModelMove,
          Uid.StudyRootQueryRetrieveInformationModelGet,
          Uid.StudyRootQueryRetrieveInformationModelMove);

  private final QueryAccess access;
  private final QueryTable table;
  private final StoredInstances instances;
  private final QueryAudit audit;
  private final Outgoing outgoing;
  private final MoveDestinations destinations;

  RetrieveService(
      QueryAccess access,
      QueryTable table,
      StoredInstances instances,
      QueryAudit audit,
      Outgoing outgoing,
      MoveDestinations destinations) {
    this.access = access;
    this.table = table;
    this.instances = instances;
    this.audit = audit;
    this.outgoing = outgoing;
    this.destinations = destinations;
  }

  @Override
  public Set<String> sopClassUids() {
    return access.isOpen() ? SOP_CLASSES : Set.of();
  }

  /** Of storage, to be sent to by C-GET. */
  @Override
  public boolean requestorMayBeScp(String sopClassUid) {
    return access.isOpen() && !SOP_CLASSES.contains(sopClassUid);
  }

  @Override
  public void serve(DimseRequest request, DimseResponder responder) throws IOException {
    boolean get = request.field() == CommandField.C_GET_RQ;
    if (!get && request.field() != CommandField.C_MOVE_RQ) {
      responder.respond(DimseResponse.of(DimseStatus.UNRECOGNIZED_OPERATION));
    } else if (!access.permits(request.association())) {
      audit.append(
          AuditAction.RETRIEVE_BEGUN, Outcome.REFUSED, request.association(), null, Map.of());
      responder.respond(DimseResponse.of(DimseStatus.NOT_AUTHORIZED));
    } else {
      try {
        Identifier identifier =
            Identifier.read(request, PATIENT_ROOT.contains(request.sopClassUid()));
        if (get) {
          get(request, responder, identifier);
        } else {
          move(request, responder, identifier);
        }
      } catch (RefusedException refused) {
        responder.respond(refused.response());
      }
    }
  }

  private void get(DimseRequest request, DimseResponder responder, Identifier identifier)
      throws RefusedException, IOException {
    List<StoredInstance> wanted = wanted(identifier);
    Transfer transfer = new Transfer(responder);
    Transfer.Destination destination =
        new Transfer.Destination(responder.storageContexts(), responder::store);
    audited(
        request,
        wanted,
        request.association().callingAeTitle(),
        transfer,
        () -> transfer.run(wanted, outgoing, destination));
  }

  private void move(DimseRequest request, DimseResponder responder, Identifier identifier)
      throws RefusedException, IOException {
    MoveDestinations.Destination to = destinations.of(request);
    List<StoredInstance> wanted = wanted(identifier);
    Transfer transfer = new Transfer(responder);
    audited(request, wanted, to.aeTitle(), transfer, () -> send(wanted, to, transfer));
  }

  private void send(List<StoredInstance> wanted, MoveDestinations.Destination to, Transfer transfer)
      throws IOException {
    if (wanted.isEmpty()) {
      transfer.run(wanted, outgoing, Transfer.Destination.NONE);
      return;
    }
    try (MoveDestinations.Connection connection = to.connect(wanted)) {
      transfer.run(wanted, outgoing, connection.destination());
    } catch (MoveDestinations.UnreachableException e) {
      transfer.fail(wanted);
    }
  }

  private List<StoredInstance> wanted(Identifier identifier) throws RefusedException {
    return table.instances(identifier).stream()
        .flatMap(uid -> instances.find(uid).stream())
        .toList();
  }

  @FunctionalInterface
  private interface Sending {
    void run() throws IOException;
  }

  /** Before anything is sent it is entered what will be, per study; after it, how it went. */
  private void audited(
      DimseRequest request,
      List<StoredInstance> wanted,
      String destination,
      Transfer transfer,
      Sending sending)
      throws IOException {
    Map<String, Integer> byStudy = new LinkedHashMap<>();
    wanted.forEach(instance -> byStudy.merge(instance.studyInstanceUid(), 1, Integer::sum));
    byStudy.forEach(
        (study, count) ->
            audit.append(
                AuditAction.RETRIEVE_BEGUN,
                Outcome.SUCCESS,
                request.association(),
                study,
                Map.of("instances", Integer.toString(count), "destination", destination)));
    try {
      sending.run();
    } finally {
      SubOperations counts = transfer.counts();
      audit.append(
          AuditAction.RETRIEVE_ENDED,
          counts.failed() == 0 && counts.remaining() == 0 ? Outcome.SUCCESS : Outcome.FAILED,
          request.association(),
          byStudy.size() == 1 ? byStudy.keySet().iterator().next() : null,
          Map.of(
              "destination", destination,
              "completed", Integer.toString(counts.completed()),
              "warning", Integer.toString(counts.warning()),
              "failed", Integer.toString(counts.failed()),
              "remaining", Integer.toString(counts.remaining())));
    }
  }
}
