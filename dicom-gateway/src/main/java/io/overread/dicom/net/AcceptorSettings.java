package io.overread.dicom.net;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * How an {@link AssociationAcceptor} listens.
 *
 * @param endpoints where, at least one
 * @param limits how many associations there may be at once, on all endpoints together
 * @param pduLengths the longest PDUs
 * @param timeouts how long it waits
 * @param contexts which presentation contexts it accepts
 */
public record AcceptorSettings(
    List<Endpoint> endpoints,
    AssociationLimits limits,
    PduLengths pduLengths,
    AcceptorTimeouts timeouts,
    ContextPolicy contexts) {
  private static final int DEFAULT_PDU_LENGTH = 128 * 1024;

  /** Copies the list, which can't be empty. */
  public AcceptorSettings {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("an acceptor listens somewhere");
    }
  }

  /** On one plain endpoint, without a queue, sending as long PDUs as the peer takes. */
  public AcceptorSettings(
      InetSocketAddress bindAddress,
      int maximumAssociations,
      int maximumPduLength,
      AcceptorTimeouts timeouts,
      ContextPolicy contexts) {
    this(
        List.of(Endpoint.plain(bindAddress)),
        AssociationLimits.of(maximumAssociations),
        new PduLengths(maximumPduLength, PduLengths.LONGEST),
        timeouts,
        contexts);
  }

  /** The defaults: 64 associations, PDUs of 128 KiB, standard presentation contexts. */
  public static AcceptorSettings on(InetSocketAddress bindAddress) {
    return new AcceptorSettings(
        bindAddress, 64, DEFAULT_PDU_LENGTH, AcceptorTimeouts.DEFAULT, ContextPolicy.STANDARD);
  }
}
