package io.overread.dicom.net;

import java.net.InetSocketAddress;

/**
 * How an {@link AssociationAcceptor} listens.
 *
 * @param bindAddress where; port 0 takes any free one
 * @param maximumAssociations how many associations there may be at once; more are refused as
 *     transient local-limit-exceeded
 * @param maximumPduLength the longest P-DATA-TF that peers may send, in bytes; also the memory that
 *     an association takes
 * @param timeouts how long it waits
 * @param contexts which presentation contexts it accepts
 */
public record AcceptorSettings(
    InetSocketAddress bindAddress,
    int maximumAssociations,
    int maximumPduLength,
    AcceptorTimeouts timeouts,
    ContextPolicy contexts) {
  /** Shortest maximum PDU length we work with. */
  public static final int MINIMUM_PDU_LENGTH = 4096;

  /** Longest maximum PDU length we work with. */
  public static final int LARGEST_PDU_LENGTH = 1 << 20;

  /** Checks the ranges. */
  public AcceptorSettings {
    if (maximumAssociations < 1) {
      throw new IllegalArgumentException("at least one association must be allowed");
    }
    if (maximumPduLength < MINIMUM_PDU_LENGTH || maximumPduLength > LARGEST_PDU_LENGTH) {
      throw new IllegalArgumentException("maximum PDU length out of range: " + maximumPduLength);
    }
  }

  /** The defaults: 64 associations, PDUs of 128 KiB, standard presentation contexts. */
  public static AcceptorSettings on(InetSocketAddress bindAddress) {
    return new AcceptorSettings(
        bindAddress, 64, 128 * 1024, AcceptorTimeouts.DEFAULT, ContextPolicy.STANDARD);
  }
}
