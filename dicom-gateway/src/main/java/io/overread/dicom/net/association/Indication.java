package io.overread.dicom.net.association;

import io.overread.dicom.net.pdu.AbortReason;
import io.overread.dicom.net.pdu.AssociateAc;
import io.overread.dicom.net.pdu.AssociateRj;
import io.overread.dicom.net.pdu.AssociateRq;
import io.overread.dicom.net.pdu.PDataTf;

/** What the upper layer tells its user, PS3.8 7. */
public sealed interface Indication {
  /**
   * A-ASSOCIATE indication.
   *
   * @param request as received
   */
  record AssociateRequested(AssociateRq request) implements Indication {}

  /**
   * A-ASSOCIATE confirmation: accepted.
   *
   * @param acceptance as received
   */
  record AssociateAccepted(AssociateAc acceptance) implements Indication {}

  /**
   * A-ASSOCIATE confirmation: refused. The connection is closed.
   *
   * @param rejection as received
   */
  record AssociateRefused(AssociateRj rejection) implements Indication {}

  /**
   * P-DATA indication.
   *
   * @param data valid until the next indication is received
   */
  record DataReceived(PDataTf data) implements Indication {}

  /** A-RELEASE indication; to be answered. */
  record ReleaseRequested() implements Indication {}

  /** A-RELEASE confirmation. */
  record ReleaseConfirmed() implements Indication {}

  /** The association, or what there was of it, has ended. Nothing follows but itself. */
  sealed interface Ended extends Indication {}

  /**
   * The peer sent an A-ABORT.
   *
   * @param reason its source and reason
   */
  record AbortedByPeer(AbortReason reason) implements Ended {}

  /**
   * We sent an A-ABORT.
   *
   * @param reason its source and reason
   * @param detail what was wrong
   */
  record AbortedByUs(AbortReason reason, String detail) implements Ended {}

  /**
   * The connection ended in a state where it should not.
   *
   * @param detail how it was lost
   */
  record ConnectionLost(String detail) implements Ended {}

  /**
   * The request was refused by the upper layer itself, before the user saw it.
   *
   * @param rejection what the peer was told
   */
  record RefusedByUs(AssociateRj rejection) implements Ended {}

  /** The connection ended where it should: after a release or refusal. */
  record Closed() implements Ended {}
}
