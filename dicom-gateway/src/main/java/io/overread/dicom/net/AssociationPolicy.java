package io.overread.dicom.net;

/** Decides who may associate. Called on the thread of the association, for many at once. */
@FunctionalInterface
public interface AssociationPolicy {
  /**
   * Accepts or refuses a request. An exception refuses it with a transient temporary-congestion.
   */
  AssociationDecision decide(AssociationInfo requested);
}
