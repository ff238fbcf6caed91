package io.overread.dicom.net;

import io.overread.dicom.net.tls.ClientAuthentication;
import io.overread.dicom.net.tls.ReloadableTls;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Where an acceptor listens.
 *
 * @param address port 0 takes any free one
 * @param tls with which; null for plain TCP
 * @param clientAuthentication what is asked of peers over TLS
 */
public record Endpoint(
    InetSocketAddress address,
    @Nullable ReloadableTls tls,
    ClientAuthentication clientAuthentication) {

  /** Plain TCP. */
  public static Endpoint plain(InetSocketAddress address) {
    return new Endpoint(address, null, ClientAuthentication.REQUIRE);
  }

  @Nullable SSLEngine engine() {
    return tls == null ? null : tls.acceptor(clientAuthentication);
  }
}
