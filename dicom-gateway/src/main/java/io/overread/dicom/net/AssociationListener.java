package io.overread.dicom.net;

/**
 * Is told what happens to associations, on their threads. The association waits for it. It hears of
 * {@code Accepted} before the peer does; an exception then refuses the association with a transient
 * temporary-congestion, any other is ignored.
 */
@FunctionalInterface
public interface AssociationListener {
  /** Takes note. */
  void on(AssociationEvent event);
}
