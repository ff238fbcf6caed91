package io.overread.gateway.association;

import io.overread.dicom.net.AssociationDecision;
import io.overread.dicom.net.AssociationInfo;
import io.overread.dicom.net.AssociationPolicy;
import io.overread.dicom.net.AssociationRejection;

/** Who may associate: whoever calls us by our AE title (PS3.8 7.1.1.3). */
public final class PeerPolicy implements AssociationPolicy {

  private final String aeTitle;

  /** A policy of the AE with this title. */
  public PeerPolicy(String aeTitle) {
    this.aeTitle = aeTitle;
  }

  @Override
  public AssociationDecision decide(AssociationInfo requested) {
    return requested.calledAeTitle().equals(aeTitle)
        ? AssociationDecision.accept()
        : AssociationDecision.reject(AssociationRejection.CALLED_AE_TITLE_NOT_RECOGNIZED);
  }
}
