package io.overread.dicom.net.pdu;

/**
 * SOP Class extended negotiation, PS3.7 D.3.3.5.
 *
 * @param sopClassUid for which SOP Class
 * @param information what its service class defines
 */
public record ExtendedNegotiation(String sopClassUid, Bytes information) {
  /** Checks the UID. */
  public ExtendedNegotiation {
    WireText.requireUid(sopClassUid, "SOP Class of an extended negotiation");
  }
}
