package io.overread.dicom.net.pdu;

/**
 * Asynchronous operations window, PS3.7 D.3.3.3.
 *
 * @param invoked how many operations the requestor may have outstanding; 0 for any number
 * @param performed how many operations the requestor performs at once; 0 for any number
 */
public record OperationsWindow(int invoked, int performed) {
  /** One at a time, which is also what holds without negotiation. */
  public static final OperationsWindow SYNCHRONOUS = new OperationsWindow(1, 1);
}
