package io.overread.dicom.net.tls;

/** Whether peers that call us over TLS must show a certificate. */
public enum ClientAuthentication {
  /** Those without are refused: mutual authentication. */
  REQUIRE,
  /** Those without are let in; a certificate that is shown must be trusted all the same. */
  WANT
}
