package io.overread.dicom.net;

/** What an {@link AssociationPolicy} decides. */
public sealed interface AssociationDecision {
  /**
   * The association may be.
   *
   * @param userIdentityConfirmed whether the user identity of the request was verified; only then
   *     is a requestor that asks for a positive response given one (PS3.7 D.3.3.7)
   */
  record Accept(boolean userIdentityConfirmed) implements AssociationDecision {}

  /**
   * The association is refused.
   *
   * @param rejection what the peer is told
   */
  record Reject(AssociationRejection rejection) implements AssociationDecision {}

  /** Accepts, whatever the request says of its user. */
  static AssociationDecision accept() {
    return new Accept(false);
  }

  /** Refuses. */
  static AssociationDecision reject(AssociationRejection rejection) {
    return new Reject(rejection);
  }
}
