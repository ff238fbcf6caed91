package io.overread.dicom.net;

import io.overread.dicom.net.pdu.WireText;
import io.overread.dicom.net.tls.ReloadableTls;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Whom to associate with.
 *
 * @param address host and port
 * @param aeTitle called AE title
 * @param tls with which to connect; its certificate must be one for the host of the address. Null
 *     for plain TCP
 */
public record RemoteApplicationEntity(
    InetSocketAddress address, String aeTitle, @Nullable ReloadableTls tls) {
  /** Checks the AE title. */
  public RemoteApplicationEntity {
    if (!WireText.isAeTitle(aeTitle)) {
      throw new IllegalArgumentException("the called AE title is not an AE title");
    }
  }

  /** Over plain TCP. */
  public RemoteApplicationEntity(InetSocketAddress address, String aeTitle) {
    this(address, aeTitle, null);
  }

  @Nullable SSLEngine engine() {
    return tls == null ? null : tls.requestor(address.getHostString(), address.getPort());
  }
}
