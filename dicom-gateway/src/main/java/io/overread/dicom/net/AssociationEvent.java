package io.overread.dicom.net;

import java.net.InetSocketAddress;
import java.util.List;

/** What happened to the associations of an acceptor. */
public sealed interface AssociationEvent {
  /**
   * An association was accepted.
   *
   * @param association with whom
   * @param contexts the presentation contexts that were accepted; there may be none
   * @param decision of the policy
   */
  record Accepted(
      AssociationInfo association,
      List<AcceptedContext> contexts,
      AssociationDecision.Accept decision)
      implements AssociationEvent {
    /** Copies the list. */
    public Accepted {
      contexts = List.copyOf(contexts);
    }
  }

  /**
   * An association was refused.
   *
   * @param association with whom it would have been
   * @param rejection what the peer was told
   * @param cause what only we are told
   */
  record Refused(AssociationInfo association, AssociationRejection rejection, String cause)
      implements AssociationEvent {}

  /**
   * A TLS handshake failed, such as for want of a certificate that we trust.
   *
   * @param remoteAddress where the connection came from
   * @param cause why
   */
  record NotSecured(InetSocketAddress remoteAddress, String cause) implements AssociationEvent {}

  /**
   * The peer released its association in order.
   *
   * @param association with whom
   */
  record Released(AssociationInfo association) implements AssociationEvent {}

  /**
   * An association ended out of order.
   *
   * @param association with whom
   * @param end how
   */
  record Aborted(AssociationInfo association, AssociationEnd end) implements AssociationEvent {}

  /**
   * A connection ended before it became an association: nothing came in time, or something that is
   * not DICOM, or there were too many connections.
   *
   * @param remoteAddress where it came from
   * @param detail what was wrong
   */
  record ConnectionDropped(InetSocketAddress remoteAddress, String detail)
      implements AssociationEvent {}

  /**
   * A handler threw instead of answering; the peer was told of a processing failure.
   *
   * @param request what was asked
   * @param failure what it threw
   */
  record HandlerFailed(StoreRequest request, Exception failure) implements AssociationEvent {}

  /**
   * A service threw instead of answering; unless it had answered already, the peer was told of a
   * processing failure.
   *
   * @param association who asked
   * @param sopClassUid for which SOP Class
   * @param failure what it threw
   */
  record ServiceFailed(AssociationInfo association, String sopClassUid, Exception failure)
      implements AssociationEvent {}
}
