package io.overread.dicom.net;

/**
 * How many of the associations of an acceptor one peer may have at once.
 *
 * @param peer what counts as one peer
 * @param maximum at most this many
 */
public record PeerLimit(String peer, int maximum) {
  /** No peer is told from another. */
  public static final PeerLimit NONE = new PeerLimit("", Integer.MAX_VALUE);

  /** Checks the range. */
  public PeerLimit {
    if (maximum < 1) {
      throw new IllegalArgumentException("a peer that may associate may do so once");
    }
  }
}
