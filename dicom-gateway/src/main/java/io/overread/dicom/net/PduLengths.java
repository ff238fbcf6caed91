package io.overread.dicom.net;

/**
 * The longest P-DATA-TF, in bytes.
 *
 * @param receive that peers may send; also the memory that an association takes
 * @param send that we send, where the peer takes as much
 */
public record PduLengths(int receive, int send) {
  /** Shortest maximum PDU length we work with. */
  public static final int SHORTEST = 4096;

  /** Longest maximum PDU length we work with. */
  public static final int LONGEST = 1 << 20;

  /** Checks the ranges. */
  public PduLengths {
    check(receive);
    check(send);
  }

  /** The maximum for sending to a peer that takes so much, 0 for any. */
  long sendTo(long peerMaximumLength) {
    return peerMaximumLength == 0 ? send : Math.min(send, peerMaximumLength);
  }

  private static void check(int length) {
    if (length < SHORTEST || length > LONGEST) {
      throw new IllegalArgumentException("maximum PDU length out of range: " + length);
    }
  }
}
