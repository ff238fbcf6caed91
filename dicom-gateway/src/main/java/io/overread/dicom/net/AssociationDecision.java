package io.overread.dicom.net;

import org.jspecify.annotations.Nullable;

/** What an {@link AssociationPolicy} decides. */
public sealed interface AssociationDecision {
  /**
   * The association may be, as soon as there is room for it.
   *
   * @param userIdentityConfirmed whether the user identity of the request was verified; only then
   *     is a requestor that asks for a positive response given one (PS3.7 D.3.3.7)
   * @param user who the user then is, as far as known
   * @param limit what counts as this peer, and how many associations it may have
   */
  record Accept(boolean userIdentityConfirmed, @Nullable String user, PeerLimit limit)
      implements AssociationDecision {
    /** Without a limit of the peer's own. */
    public Accept(boolean userIdentityConfirmed) {
      this(userIdentityConfirmed, null, PeerLimit.NONE);
    }
  }

  /**
   * The association is refused.
   *
   * @param rejection what the peer is told
   * @param cause what only we are told
   */
  record Reject(AssociationRejection rejection, String cause) implements AssociationDecision {}

  /** Accepts, whatever the request says of its user. */
  static AssociationDecision accept() {
    return new Accept(false);
  }

  /** Refuses, for the reason that the peer is told. */
  static AssociationDecision reject(AssociationRejection rejection) {
    return new Reject(rejection, rejection.reason().name());
  }
}
