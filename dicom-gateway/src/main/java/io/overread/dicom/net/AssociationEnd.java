package io.overread.dicom.net;

import io.overread.dicom.net.pdu.AbortReason;

/** How an association ended that was not released. */
public sealed interface AssociationEnd {
  /**
   * The peer sent an A-ABORT.
   *
   * @param reason its source and reason
   */
  record AbortedByPeer(AbortReason reason) implements AssociationEnd {}

  /**
   * We sent an A-ABORT.
   *
   * @param reason its source and reason
   * @param detail what was wrong
   */
  record AbortedByUs(AbortReason reason, String detail) implements AssociationEnd {}

  /** The connection broke without an A-ABORT. */
  record ConnectionLost() implements AssociationEnd {}
}
