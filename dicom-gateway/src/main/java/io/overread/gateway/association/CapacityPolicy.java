package io.overread.gateway.association;

import io.overread.dicom.net.AssociationDecision;
import io.overread.dicom.net.AssociationInfo;
import io.overread.dicom.net.AssociationPolicy;
import io.overread.dicom.net.AssociationRejection;
import io.overread.gateway.capacity.Capacity;

/**
 * Refuses peers for the moment while the intake is paused (PS3.8 Table 9-21: transient, local limit
 * exceeded). A peer that would be refused anyway learns the reason that lasts.
 */
public final class CapacityPolicy implements AssociationPolicy {

  private final AssociationPolicy peers;
  private final Capacity capacity;

  /** Over the policy that knows the peers. */
  public CapacityPolicy(AssociationPolicy peers, Capacity capacity) {
    this.peers = peers;
    this.capacity = capacity;
  }

  @Override
  public AssociationDecision decide(AssociationInfo requested) {
    AssociationDecision decision = peers.decide(requested);
    return decision instanceof AssociationDecision.Accept && capacity.intake().isPaused()
        ? AssociationDecision.reject(AssociationRejection.LOCAL_LIMIT_EXCEEDED)
        : decision;
  }
}
