package io.overread.dicom.net;

/**
 * Is told what happens to associations, on their threads. The association waits for it; an
 * exception from {@code Accepted} aborts the association, any other is ignored.
 */
@FunctionalInterface
public interface AssociationListener {
  /** Takes note. */
  void on(AssociationEvent event);
}
