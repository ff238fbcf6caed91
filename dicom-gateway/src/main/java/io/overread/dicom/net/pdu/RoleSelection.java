package io.overread.dicom.net.pdu;

/**
 * SCP/SCU role selection, PS3.7 D.3.3.4.
 *
 * @param sopClassUid for which SOP Class
 * @param scu whether the requestor is SCU of it
 * @param scp whether the requestor is SCP of it
 */
public record RoleSelection(String sopClassUid, boolean scu, boolean scp) {
  /** Checks the UID. */
  public RoleSelection {
    WireText.requireUid(sopClassUid, "SOP Class of a role selection");
  }
}
