package io.overread.dicom.net;

import io.overread.dicom.net.pdu.WireText;
import java.net.InetSocketAddress;

/**
 * Whom to associate with.
 *
 * @param address host and port
 * @param aeTitle called AE title
 */
public record RemoteApplicationEntity(InetSocketAddress address, String aeTitle) {
  /** Checks the AE title. */
  public RemoteApplicationEntity {
    if (!WireText.isAeTitle(aeTitle)) {
      throw new IllegalArgumentException("the called AE title is not an AE title");
    }
  }
}
