package io.overread.gateway.association;

import io.overread.dicom.net.AcceptorSettings;
import io.overread.dicom.net.AcceptorTimeouts;
import io.overread.dicom.net.AssociationLimits;
import io.overread.dicom.net.ContextPolicy;
import io.overread.dicom.net.Endpoint;
import io.overread.dicom.net.PduLengths;
import io.overread.dicom.net.tls.ReloadableTls;
import io.overread.gateway.GatewayProperties;
import io.overread.gateway.tls.TlsProperties;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the gateway listens for associations, as the settings say.
 *
 * @param gateway address, port, AE title, how many in all
 * @param associations the rest of the limits
 * @param tlsSettings how over TLS
 * @param tls with which keys; null for no TLS
 */
public record Listening(
    GatewayProperties gateway,
    AssociationProperties associations,
    TlsProperties tlsSettings,
    @Nullable ReloadableTls tls) {

  /** Every storage SOP class and transfer syntax is taken as it comes, private ones too. */
  private static final ContextPolicy ANY_STORAGE = new ContextPolicy(true, true);

  AcceptorSettings settings() {
    AssociationProperties.Pdu pdu = associations.pdu();
    return new AcceptorSettings(
        endpoints(),
        new AssociationLimits(
            gateway.storage().maxAssociations(), associations.queue(), associations.queueWait()),
        new PduLengths(pdu.receive(), pdu.send()),
        associations.timeouts().closingAfter(AcceptorTimeouts.DEFAULT.close()),
        ANY_STORAGE);
  }

  private List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    TlsProperties.Listen listen = tlsSettings.listen();
    if (tls == null || !listen.only()) {
      endpoints.add(Endpoint.plain(new InetSocketAddress(gateway.bind(), gateway.dicomPort())));
    }
    if (tls != null) {
      endpoints.add(
          new Endpoint(
              new InetSocketAddress(gateway.bind(), listen.port()),
              tls,
              listen.clientAuthentication()));
    }
    return endpoints;
  }
}
