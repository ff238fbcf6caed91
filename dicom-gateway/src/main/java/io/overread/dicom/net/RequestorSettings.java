package io.overread.dicom.net;

import java.time.Duration;

/**
 * How associations are requested.
 *
 * @param maximumPduLength the longest P-DATA-TF that the peer may send, in bytes
 * @param connect longest wait for the TCP connection
 * @param response longest wait for the answer to the request, and to each message
 * @param send longest wait for the peer to take a PDU
 */
public record RequestorSettings(
    int maximumPduLength, Duration connect, Duration response, Duration send) {
  /** PDUs of 128 KiB; 10 s to connect, a minute to answer and to take a PDU. */
  public static final RequestorSettings DEFAULT =
      new RequestorSettings(
          128 * 1024, Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(1));

  /** Checks the ranges. */
  public RequestorSettings {
    if (maximumPduLength < PduLengths.SHORTEST || maximumPduLength > PduLengths.LONGEST) {
      throw new IllegalArgumentException("maximum PDU length out of range: " + maximumPduLength);
    }
    if (!connect.isPositive() || !response.isPositive() || !send.isPositive()) {
      throw new IllegalArgumentException("timeouts of a requestor must be positive");
    }
  }
}
