package io.overread.dicom.net.association;

import static io.overread.dicom.net.association.State.AWAITING_ASSOCIATE_AC_OR_RJ;
import static io.overread.dicom.net.association.State.AWAITING_ASSOCIATE_RQ;
import static io.overread.dicom.net.association.State.AWAITING_LOCAL_ASSOCIATE_RESPONSE;
import static io.overread.dicom.net.association.State.AWAITING_LOCAL_RELEASE_RESPONSE;
import static io.overread.dicom.net.association.State.AWAITING_RELEASE_RP;
import static io.overread.dicom.net.association.State.AWAITING_TRANSPORT_CLOSE;
import static io.overread.dicom.net.association.State.AWAITING_TRANSPORT_CONNECTION;
import static io.overread.dicom.net.association.State.COLLISION_ACCEPTOR_AWAITING_LOCAL_RESPONSE;
import static io.overread.dicom.net.association.State.COLLISION_ACCEPTOR_AWAITING_RELEASE_RP;
import static io.overread.dicom.net.association.State.COLLISION_REQUESTOR_AWAITING_LOCAL_RESPONSE;
import static io.overread.dicom.net.association.State.COLLISION_REQUESTOR_AWAITING_RELEASE_RP;
import static io.overread.dicom.net.association.State.ESTABLISHED;
import static io.overread.dicom.net.association.State.IDLE;

/** The actions of the upper layer and the state after each, PS3.8 Tables 9-6 to 9-9. */
public enum Action {
  /** Ask for a transport connection. */
  AE_1(AWAITING_TRANSPORT_CONNECTION),
  /** Send A-ASSOCIATE-RQ. */
  AE_2(AWAITING_ASSOCIATE_AC_OR_RJ),
  /** Confirm that the peer accepted. */
  AE_3(ESTABLISHED),
  /** Confirm that the peer refused; close the connection. */
  AE_4(IDLE),
  /** Take the connection; start ARTIM. */
  AE_5(AWAITING_ASSOCIATE_RQ),
  /** Stop ARTIM; indicate the request, or refuse it for its version and start ARTIM. */
  AE_6(AWAITING_LOCAL_ASSOCIATE_RESPONSE, AWAITING_TRANSPORT_CLOSE),
  /** Send A-ASSOCIATE-AC. */
  AE_7(ESTABLISHED),
  /** Send A-ASSOCIATE-RJ; start ARTIM. */
  AE_8(AWAITING_TRANSPORT_CLOSE),
  /** Send P-DATA-TF. */
  DT_1(ESTABLISHED),
  /** Indicate the data. */
  DT_2(ESTABLISHED),
  /** Send A-RELEASE-RQ. */
  AR_1(AWAITING_RELEASE_RP),
  /** Indicate the release. */
  AR_2(AWAITING_LOCAL_RELEASE_RESPONSE),
  /** Confirm the release; close the connection. */
  AR_3(IDLE),
  /** Send A-RELEASE-RP; start ARTIM. */
  AR_4(AWAITING_TRANSPORT_CLOSE),
  /** Stop ARTIM. */
  AR_5(IDLE),
  /** Indicate the data. */
  AR_6(AWAITING_RELEASE_RP),
  /** Send P-DATA-TF. */
  AR_7(AWAITING_LOCAL_RELEASE_RESPONSE),
  /** Indicate the release that collides with ours. */
  AR_8(COLLISION_REQUESTOR_AWAITING_LOCAL_RESPONSE, COLLISION_ACCEPTOR_AWAITING_RELEASE_RP),
  /** Send A-RELEASE-RP. */
  AR_9(COLLISION_REQUESTOR_AWAITING_RELEASE_RP),
  /** Confirm the release. */
  AR_10(COLLISION_ACCEPTOR_AWAITING_LOCAL_RESPONSE),
  /** Send A-ABORT as service-user; start ARTIM. */
  AA_1(AWAITING_TRANSPORT_CLOSE),
  /** Stop ARTIM; close the connection. */
  AA_2(IDLE),
  /** Indicate the abort; close the connection. */
  AA_3(IDLE),
  /** Indicate that the provider aborted. */
  AA_4(IDLE),
  /** Stop ARTIM. */
  AA_5(IDLE),
  /** Ignore the PDU. */
  AA_6(AWAITING_TRANSPORT_CLOSE),
  /** Send A-ABORT. */
  AA_7(AWAITING_TRANSPORT_CLOSE),
  /** Send A-ABORT as service-provider; indicate it; start ARTIM. */
  AA_8(AWAITING_TRANSPORT_CLOSE);

  private final State next;
  private final State alternative;

  Action(State next) {
    this(next, next);
  }

  Action(State next, State alternative) {
    this.next = next;
    this.alternative = alternative;
  }

  /** The state after it. */
  public State next() {
    return next;
  }

  /**
   * The other state after it where there are two: of AE-6 that of a refusal, of AR-8 that of the
   * acceptor.
   */
  public State alternative() {
    return alternative;
  }
}
