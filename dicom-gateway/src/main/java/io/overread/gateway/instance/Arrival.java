package io.overread.gateway.instance;

import org.jspecify.annotations.Nullable;

/**
 * What a C-STORE request (PS3.7 9.1.1.1), or a file sent by STOW-RS, says before its data set is
 * read. It is a claim, and compared with the data set.
 *
 * @param sopClassUid Affected SOP Class UID
 * @param sopInstanceUid Affected SOP Instance UID
 * @param transferSyntaxUid the transfer syntax of the presentation context
 * @param callingAeTitle as the peer calls itself
 * @param remoteAddress where the peer's connection comes from
 * @param overHttp what STOW-RS says beyond that; null for C-STORE
 */
public record Arrival(
    String sopClassUid,
    String sopInstanceUid,
    String transferSyntaxUid,
    String callingAeTitle,
    String remoteAddress,
    @Nullable OverHttp overHttp) {

  /**
   * What an HTTP request says of an instance.
   *
   * @param user the name of who is signed in
   * @param studyInstanceUid the study that it has to belong to, if the request names one
   */
  public record OverHttp(String user, @Nullable String studyInstanceUid) {}

  /** The claim of a C-STORE request. */
  public Arrival(
      String sopClassUid,
      String sopInstanceUid,
      String transferSyntaxUid,
      String callingAeTitle,
      String remoteAddress) {
    this(sopClassUid, sopInstanceUid, transferSyntaxUid, callingAeTitle, remoteAddress, null);
  }

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
    return overHttp == null ? "ae:" + callingAeTitle : "user:" + overHttp.user();
  }
}
