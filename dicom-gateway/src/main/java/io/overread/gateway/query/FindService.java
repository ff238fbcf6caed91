package io.overread.gateway.query;

import io.overread.audit.AuditAction;
import io.overread.audit.Outcome;
import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Element;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.DimseRequest;
import io.overread.dicom.net.DimseResponder;
import io.overread.dicom.net.DimseResponse;
import io.overread.dicom.net.DimseService;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.dimse.CommandField;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** C-FIND as SCP of the patient root and the study root, PS3.4 C.4.1. */
final class FindService implements DimseService {

  private static final Set<String> SOP_CLASSES =
      Set.of(
          Uid.PatientRootQueryRetrieveInformationModelFind,
          Uid.StudyRootQueryRetrieveInformationModelFind);

  /** Matches are continuing, yet some optional keys were not supported (PS3.4 Table C.4-1). */
  private static final DimseStatus PENDING_WITHOUT_SOME_KEYS = new DimseStatus(0xFF01);

  private static final Set<Integer> NOT_ATTRIBUTES =
      Set.of(
          Tag.QueryRetrieveLevel,
          Tag.SpecificCharacterSet,
          Tag.RetrieveAETitle,
          Tag.InstanceAvailability,
          Tag.TimezoneOffsetFromUTC);

  private final QueryAccess access;
  private final QueryTable table;
  private final QueryAudit audit;
  private final int maxResults;

  FindService(QueryAccess access, QueryTable table, QueryAudit audit, int maxResults) {
    this.access = access;
    this.table = table;
    this.audit = audit;
    this.maxResults = maxResults;
  }

  @Override
  public Set<String> sopClassUids() {
    return access.isOpen() ? SOP_CLASSES : Set.of();
  }

  @Override
  public void serve(DimseRequest request, DimseResponder responder) throws IOException {
    if (request.field() != CommandField.C_FIND_RQ) {
      responder.respond(DimseResponse.of(DimseStatus.UNRECOGNIZED_OPERATION));
    } else if (!access.permits(request.association())) {
      audit.append(
          AuditAction.QUERY_ANSWERED, Outcome.REFUSED, request.association(), null, Map.of());
      responder.respond(DimseResponse.of(DimseStatus.NOT_AUTHORIZED));
    } else {
      try {
        find(request, responder);
      } catch (RefusedException refused) {
        responder.respond(refused.response());
      }
    }
  }

  private void find(DimseRequest request, DimseResponder responder)
      throws RefusedException, IOException {
    boolean patientRoot =
        request.sopClassUid().equals(Uid.PatientRootQueryRetrieveInformationModelFind);
    Identifier identifier = Identifier.read(request, patientRoot);
    List<DataSet> matches = table.find(identifier, patientRoot, maxResults + 1);
    boolean more = matches.size() > maxResults;
    List<DataSet> answered = more ? matches.subList(0, maxResults) : matches;
    audit.append(
        AuditAction.QUERY_ANSWERED,
        Outcome.SUCCESS,
        request.association(),
        null,
        Map.of(
            "level", identifier.level().name(),
            "model", patientRoot ? "PATIENT ROOT" : "STUDY ROOT",
            "matches", Integer.toString(answered.size())));
    DimseStatus pending = asksForMore(identifier) ? PENDING_WITHOUT_SOME_KEYS : DimseStatus.PENDING;
    for (DataSet match : answered) {
      if (responder.isCancelled()) {
        responder.respond(DimseResponse.of(DimseStatus.CANCEL));
        return;
      }
      responder.pending(DimseResponse.of(pending).withDataSet(match));
    }
    responder.respond(
        more
            ? DimseResponse.of(DimseStatus.OUT_OF_RESOURCES, "More than " + maxResults + " matches")
            : DimseResponse.of(DimseStatus.SUCCESS));
  }

  private static boolean asksForMore(Identifier identifier) {
    for (Element key : identifier.keys()) {
      boolean groupLength = (key.tag() & 0xFFFF) == 0;
      boolean known =
          groupLength
              || NOT_ATTRIBUTES.contains(key.tag())
              || QueryAttribute.ALL.stream()
                  .anyMatch(
                      attribute ->
                          attribute.tag() == key.tag()
                              && attribute.level().compareTo(identifier.level()) <= 0);
      if (!known) {
        return true;
      }
    }
    return false;
  }
}
