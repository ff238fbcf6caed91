package io.overread.dicom.net.tls;

import java.util.List;
import javax.net.ssl.SSLParameters;

/**
 * The BCP 195 RFC 8996, 9325 TLS Secure Transport Connection Profile, PS3.15 B.12: TLS 1.3 where
 * the peer has it, else TLS 1.2, nothing older, and of TLS 1.2 the cipher suites that RFC 9325 4.2
 * recommends. Finite-field Diffie-Hellman is left out, RFC 9325 4.1.
 */
public final class Bcp195Profile {
  /** The port that IANA has registered for DICOM over TLS, PS3.15 B.12. */
  public static final int PORT = 2762;

  /** Shortest RSA key that is accepted, in bits, RFC 9325 4.5. */
  static final int SHORTEST_RSA_KEY = 2048;

  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  private static final List<String> CIPHER_SUITES =
      List.of(
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

  private static final List<String> GROUPS =
      List.of("x25519", "secp256r1", "secp384r1", "secp521r1");

  private Bcp195Profile() {}

  static SSLParameters parameters() {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(PROTOCOLS.toArray(String[]::new));
    parameters.setCipherSuites(CIPHER_SUITES.toArray(String[]::new));
    parameters.setNamedGroups(GROUPS.toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(true);
    return parameters;
  }
}
