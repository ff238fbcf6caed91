package io.overread.dicom.net.association;

import java.net.Socket;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection and how it is to be secured.
 *
 * @param socket connected
 * @param tls shakes hands over it; null for none
 */
public record Connection(Socket socket, @Nullable SSLEngine tls) {
  /** Without TLS. */
  public static Connection plain(Socket socket) {
    return new Connection(socket, null);
  }
}
