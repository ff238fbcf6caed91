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
 * @param remoteAddress where the connection comes from
 * @param peer the implementation that the peer names
 * @param userIdentity what the peer claims of its user, not verified
 */
public record AssociationInfo(
    long number,
    String callingAeTitle,
    String calledAeTitle,
    InetSocketAddress remoteAddress,
    Implementation peer,
    @Nullable UserIdentity userIdentity) {}
