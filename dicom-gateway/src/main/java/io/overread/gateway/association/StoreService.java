package io.overread.gateway.association;

import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.StoreHandler;
import io.overread.dicom.net.StoreRequest;
import io.overread.dicom.net.StoreResponse;
import io.overread.gateway.instance.Arrival;
import io.overread.gateway.instance.Defect;
import io.overread.gateway.instance.InstanceStore;
import io.overread.gateway.instance.StoreOutcome;
import java.io.IOException;
import java.io.InputStream;

/**
 * The Storage Service Class as SCP (PS3.4 B.2): hands each C-STORE to the store and words what
 * became of it as a status.
 *
 * <p>A different object under a UID that is taken is answered 0111 Duplicate SOP Instance (PS3.7
 * C.5): the statuses of PS3.4 B.2.3 have no word for it, and every other failure would tell the
 * peer that its object or our disk is at fault.
 */
public final class StoreService implements StoreHandler {

  private final InstanceStore store;

  /** The service of a store. */
  public StoreService(InstanceStore store) {
    this.store = store;
  }

  @Override
  public StoreResponse store(StoreRequest request, InputStream dataSet) throws IOException {
    return response(store.receive(arrival(request), dataSet));
  }

  private static Arrival arrival(StoreRequest request) {
    return new Arrival(
        request.sopClassUid(),
        request.sopInstanceUid(),
        request.transferSyntaxUid(),
        request.association().callingAeTitle(),
        request.association().remoteAddress().getAddress().getHostAddress());
  }

  static StoreResponse response(StoreOutcome outcome) {
    return switch (outcome) {
      case StoreOutcome.Stored stored -> StoreResponse.SUCCESS;
      case StoreOutcome.AlreadyStored again -> StoreResponse.SUCCESS;
      case StoreOutcome.DifferentObject other ->
          StoreResponse.of(
              DimseStatus.DUPLICATE_SOP_INSTANCE, "Another object has this SOP Instance UID");
      case StoreOutcome.Malformed malformed ->
          StoreResponse.of(status(malformed.defect()), malformed.detail());
      case StoreOutcome.OutOfResources full ->
          StoreResponse.of(DimseStatus.OUT_OF_RESOURCES, full.detail());
    };
  }

  private static DimseStatus status(Defect defect) {
    return switch (defect) {
      case UNREADABLE, INVALID_UID -> DimseStatus.CANNOT_UNDERSTAND;
      // DCMTK's storescp answers A900 for the first two, too; there is no other word for the rest.
      case OTHER_SOP_CLASS, OTHER_SOP_INSTANCE, OTHER_STUDY ->
          DimseStatus.DATA_SET_DOES_NOT_MATCH_SOP_CLASS;
    };
  }
}
