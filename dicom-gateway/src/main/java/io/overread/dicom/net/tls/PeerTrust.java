package io.overread.dicom.net.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What the JDK checks, and for every peer that its certificate is valid today and its key long
 * enough: the JDK leaves the first out for a certificate that is itself in the trust store, as
 * those of single modalities are.
 */
final class PeerTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager jdk;

  PeerTrust(X509ExtendedTrustManager jdk) {
    this.jdk = jdk;
  }

  private static void check(X509Certificate[] chain) throws CertificateException {
    chain[0].checkValidity();
    if (chain[0].getPublicKey() instanceof RSAPublicKey key
        && key.getModulus().bitLength() < Bcp195Profile.SHORTEST_RSA_KEY) {
      throw new CertificateException("an RSA key of less than 2048 bits");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType, engine);
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    jdk.checkServerTrusted(chain, authType, engine);
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType, socket);
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    jdk.checkServerTrusted(chain, authType, socket);
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType);
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    jdk.checkServerTrusted(chain, authType);
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return jdk.getAcceptedIssuers();
  }
}
