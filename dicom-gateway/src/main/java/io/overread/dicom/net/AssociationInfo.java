package io.overread.dicom.net;

import io.overread.dicom.net.pdu.Implementation;
import io.overread.dicom.net.pdu.UserIdentity;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of an association.
 *
 * @param number counts the associations of one acceptor from 1, for logs
 * @param callingAeTitle as the peer calls itself, without padding
 * @param calledAeTitle as the peer calls us, without padding
 * @param connection where it comes from, and what TLS says of it
 * @param peer the implementation that the peer names
 * @param userIdentity what the peer claims of its user, not verified
 */
public record AssociationInfo(
    long number,
    String callingAeTitle,
    String calledAeTitle,
    PeerConnection connection,
    Implementation peer,
    @Nullable UserIdentity userIdentity) {

  /** Where the connection comes from. */
  public InetSocketAddress remoteAddress() {
    return connection.remoteAddress();
  }
}
