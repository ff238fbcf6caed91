package io.overread.dicom.net;

import io.overread.dicom.net.pdu.RejectReason;
import io.overread.dicom.net.pdu.RejectResult;

/**
 * Why an association is refused, PS3.8 Table 9-21.
 *
 * @param result whether the peer may try the same again later
 * @param reason the source and reason
 */
public record AssociationRejection(RejectResult result, RejectReason reason) {
  /** The calling AE title is not one we talk to. */
  public static final AssociationRejection CALLING_AE_TITLE_NOT_RECOGNIZED =
      new AssociationRejection(
          RejectResult.REJECTED_PERMANENT, RejectReason.CALLING_AE_TITLE_NOT_RECOGNIZED);

  /** The called AE title is not ours. */
  public static final AssociationRejection CALLED_AE_TITLE_NOT_RECOGNIZED =
      new AssociationRejection(
          RejectResult.REJECTED_PERMANENT, RejectReason.CALLED_AE_TITLE_NOT_RECOGNIZED);

  /** Who asks can't be believed, PS3.7 D.3.3.7; the standard has no reason that says so. */
  public static final AssociationRejection NO_REASON_GIVEN =
      new AssociationRejection(RejectResult.REJECTED_PERMANENT, RejectReason.NO_REASON_GIVEN);

  /** As many associations as we allow; later there may be room. */
  public static final AssociationRejection LOCAL_LIMIT_EXCEEDED =
      new AssociationRejection(RejectResult.REJECTED_TRANSIENT, RejectReason.LOCAL_LIMIT_EXCEEDED);

  /** We cannot serve now; later we may. */
  public static final AssociationRejection TEMPORARY_CONGESTION =
      new AssociationRejection(RejectResult.REJECTED_TRANSIENT, RejectReason.TEMPORARY_CONGESTION);
}
