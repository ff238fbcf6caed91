package io.overread.dicom.net;

import io.overread.dicom.net.tls.TlsSession;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Over what a peer has reached us.
 *
 * @param remoteAddress where the connection comes from
 * @param tls what TLS has established; null for plain TCP
 */
public record PeerConnection(InetSocketAddress remoteAddress, @Nullable TlsSession tls) {}
