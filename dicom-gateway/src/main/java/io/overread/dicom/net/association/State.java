package io.overread.dicom.net.association;

/** The states of the upper layer, PS3.8 Tables 9-1 to 9-5. The n-th constant is state n. */
public enum State {
  /** Sta1: idle. */
  IDLE,
  /** Sta2: transport connection open, awaiting A-ASSOCIATE-RQ. */
  AWAITING_ASSOCIATE_RQ,
  /** Sta3: awaiting the local answer to the request. */
  AWAITING_LOCAL_ASSOCIATE_RESPONSE,
  /** Sta4: awaiting the transport connection. */
  AWAITING_TRANSPORT_CONNECTION,
  /** Sta5: awaiting A-ASSOCIATE-AC or -RJ. */
  AWAITING_ASSOCIATE_AC_OR_RJ,
  /** Sta6: established, ready for data transfer. */
  ESTABLISHED,
  /** Sta7: awaiting A-RELEASE-RP. */
  AWAITING_RELEASE_RP,
  /** Sta8: awaiting the local answer to a release. */
  AWAITING_LOCAL_RELEASE_RESPONSE,
  /** Sta9: release collision, requestor side, awaiting the local answer. */
  COLLISION_REQUESTOR_AWAITING_LOCAL_RESPONSE,
  /** Sta10: release collision, acceptor side, awaiting A-RELEASE-RP. */
  COLLISION_ACCEPTOR_AWAITING_RELEASE_RP,
  /** Sta11: release collision, requestor side, awaiting A-RELEASE-RP. */
  COLLISION_REQUESTOR_AWAITING_RELEASE_RP,
  /** Sta12: release collision, acceptor side, awaiting the local answer. */
  COLLISION_ACCEPTOR_AWAITING_LOCAL_RESPONSE,
  /** Sta13: awaiting that the peer closes the transport connection. */
  AWAITING_TRANSPORT_CLOSE
}
