package io.overread.dicom.net.association;

import io.overread.dicom.net.pdu.Abort;
import io.overread.dicom.net.pdu.AssociateAc;
import io.overread.dicom.net.pdu.AssociateRj;
import io.overread.dicom.net.pdu.AssociateRq;
import io.overread.dicom.net.pdu.PDataTf;
import io.overread.dicom.net.pdu.Pdu;
import io.overread.dicom.net.pdu.ReleaseRp;
import io.overread.dicom.net.pdu.ReleaseRq;

/** The events of the upper layer, PS3.8 Table 9-10. The n-th constant is event n. */
public enum Event {
  /** Evt1: A-ASSOCIATE request of the local user. */
  ASSOCIATE_REQUEST,
  /** Evt2: the transport connection that we asked for is open. */
  TRANSPORT_CONNECT_CONFIRMATION,
  /** Evt3: A-ASSOCIATE-AC received. */
  ASSOCIATE_AC_RECEIVED,
  /** Evt4: A-ASSOCIATE-RJ received. */
  ASSOCIATE_RJ_RECEIVED,
  /** Evt5: a peer opened a transport connection. */
  TRANSPORT_CONNECT_INDICATION,
  /** Evt6: A-ASSOCIATE-RQ received. */
  ASSOCIATE_RQ_RECEIVED,
  /** Evt7: the local user accepts. */
  ASSOCIATE_RESPONSE_ACCEPT,
  /** Evt8: the local user refuses. */
  ASSOCIATE_RESPONSE_REJECT,
  /** Evt9: P-DATA request of the local user. */
  DATA_REQUEST,
  /** Evt10: P-DATA-TF received. */
  DATA_TF_RECEIVED,
  /** Evt11: A-RELEASE request of the local user. */
  RELEASE_REQUEST,
  /** Evt12: A-RELEASE-RQ received. */
  RELEASE_RQ_RECEIVED,
  /** Evt13: A-RELEASE-RP received. */
  RELEASE_RP_RECEIVED,
  /** Evt14: the local user answers a release. */
  RELEASE_RESPONSE,
  /** Evt15: A-ABORT request of the local user. */
  ABORT_REQUEST,
  /** Evt16: A-ABORT received. */
  ABORT_RECEIVED,
  /** Evt17: the transport connection was closed. */
  TRANSPORT_CLOSED,
  /** Evt18: the ARTIM timer expired. */
  ARTIM_EXPIRED,
  /** Evt19: something unrecognized or invalid was received. */
  INVALID_PDU_RECEIVED;

  static Event of(Pdu received) {
    return switch (received) {
      case AssociateRq _ -> ASSOCIATE_RQ_RECEIVED;
      case AssociateAc _ -> ASSOCIATE_AC_RECEIVED;
      case AssociateRj _ -> ASSOCIATE_RJ_RECEIVED;
      case PDataTf _ -> DATA_TF_RECEIVED;
      case ReleaseRq _ -> RELEASE_RQ_RECEIVED;
      case ReleaseRp _ -> RELEASE_RP_RECEIVED;
      case Abort _ -> ABORT_RECEIVED;
    };
  }
}
