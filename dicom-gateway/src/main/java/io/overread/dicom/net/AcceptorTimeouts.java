package io.overread.dicom.net;

import java.time.Duration;

/**
 * How long an acceptor waits for its peers.
 *
 * @param artim the ARTIM timer of PS3.8 9.1.4: for the A-ASSOCIATE-RQ after the connection, a TLS
 *     handshake before it included, and for the peer to close the connection after a refusal,
 *     release or abort
 * @param idle for the next message while an association is established
 * @param dimse for each further PDU of a message that has begun
 * @param send for the peer to take a PDU that we send
 * @param close for running associations to end when the acceptor closes, before they are aborted
 */
public record AcceptorTimeouts(
    Duration artim, Duration idle, Duration dimse, Duration send, Duration close) {
  /** 30 s, 2 min, 1 min, 1 min and 10 s. */
  public static final AcceptorTimeouts DEFAULT =
      new AcceptorTimeouts(
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(10));

  /** Checks that each is above zero, save that of closing, which may be zero. */
  public AcceptorTimeouts {
    if (!artim.isPositive()
        || !idle.isPositive()
        || !dimse.isPositive()
        || !send.isPositive()
        || close.isNegative()) {
      throw new IllegalArgumentException("timeouts of an acceptor must be positive");
    }
  }

  /** With as much time within a message as before one. */
  public AcceptorTimeouts(Duration artim, Duration idle, Duration send, Duration close) {
    this(artim, idle, idle, send, close);
  }
}
