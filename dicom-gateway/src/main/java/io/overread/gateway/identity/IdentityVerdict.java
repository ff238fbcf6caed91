package io.overread.gateway.identity;

/** What is known of the user of a peer. */
public sealed interface IdentityVerdict {
  /** Nothing was said, or nothing that we are set to verify. */
  record Unknown() implements IdentityVerdict {}

  /**
   * The user is who the peer says.
   *
   * @param user its name
   */
  record Confirmed(String user) implements IdentityVerdict {}

  /**
   * The user can't be believed.
   *
   * @param cause why; holds no secret
   */
  record Refused(String cause) implements IdentityVerdict {}
}
