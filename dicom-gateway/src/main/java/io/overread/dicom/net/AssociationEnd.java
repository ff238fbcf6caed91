package io.overread.dicom.net;

import io.overread.dicom.net.association.Indication;
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

  /** What the upper layer says of the end. */
  static AssociationEnd of(Indication.Ended end) {
    return switch (end) {
      case Indication.AbortedByPeer(AbortReason reason) -> new AbortedByPeer(reason);
      case Indication.AbortedByUs(AbortReason reason, String detail) ->
          new AbortedByUs(reason, detail);
      case Indication.ConnectionLost _, Indication.Closed _, Indication.RefusedByUs _ ->
          new ConnectionLost();
    };
  }
}
