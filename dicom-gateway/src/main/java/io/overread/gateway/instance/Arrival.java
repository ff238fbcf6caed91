package io.overread.gateway.instance;

/**
 * What a C-STORE request says before its data set is read (PS3.7 9.1.1.1). It is a claim, and
 * compared with the data set.
 *
 * @param sopClassUid Affected SOP Class UID
 * @param sopInstanceUid Affected SOP Instance UID
 * @param transferSyntaxUid the transfer syntax of the presentation context
 * @param callingAeTitle as the peer calls itself
 * @param remoteAddress where the peer's connection comes from
 */
public record Arrival(
    String sopClassUid,
    String sopInstanceUid,
    String transferSyntaxUid,
    String callingAeTitle,
    String remoteAddress) {

  /**
   * Makes the peer's names printable and bounds them, for the database and the log.
   *
   * @throws IllegalArgumentException where a UID is none
   */
  public Arrival {
    requireUid(sopClassUid);
    requireUid(sopInstanceUid);
    requireUid(transferSyntaxUid);
    callingAeTitle = PeerText.line(callingAeTitle, 16);
    remoteAddress = PeerText.line(remoteAddress, 64);
  }

  private static void requireUid(String uid) {
    if (!UidRule.isUid(uid)) {
      throw new IllegalArgumentException("a UID of the request is none");
    }
  }

  /** Who acts, for the audit trail. */
  public String actor() {
    return "ae:" + callingAeTitle;
  }
}
