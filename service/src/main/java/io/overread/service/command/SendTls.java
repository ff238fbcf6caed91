package io.overread.service.command;

import io.overread.dicom.net.tls.ReloadableTls;
import io.overread.dicom.net.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * With which keys {@code send} speaks TLS: those of the service's settings, unless its options name
 * others. A password is read from the settings alone, since a command line can be seen by others.
 *
 * @param on whether it does
 * @param key a PEM file with the private key, or a PKCS #12 file
 * @param certificate a PEM file with our certificate and its issuers, for a PEM key
 * @param trust a PEM or PKCS #12 file with what is trusted
 */
record SendTls(
    boolean on,
    @Nullable Path key,
    @Nullable Path certificate,
    @Nullable Path trust,
    @Nullable String password) {

  /** Each takes a file, and asks for TLS. */
  static final List<String> OPTIONS = List.of("--key", "--certificate", "--trust");

  static SendTls of(Environment environment) {
    return new SendTls(
        false,
        environment.file("OVERREAD_TLS_KEY"),
        environment.file("OVERREAD_TLS_CERTIFICATE"),
        environment.file("OVERREAD_TLS_TRUST"),
        environment.value("OVERREAD_TLS_PASSWORD"));
  }

  SendTls wanted() {
    return new SendTls(true, key, certificate, trust, password);
  }

  SendTls with(String option, Path file) {
    return switch (option) {
      // A certificate of the settings is not one for another key.
      case "--key" -> new SendTls(true, file, null, trust, password);
      case "--certificate" -> new SendTls(true, key, file, trust, password);
      default -> new SendTls(true, key, certificate, file, password);
    };
  }

  /** Null for plain TCP. */
  @Nullable ReloadableTls open() {
    if (!on) {
      return null;
    }
    if (key == null || trust == null) {
      throw new UsageException("--tls needs --key and --trust, or OVERREAD_TLS_KEY and _TRUST");
    }
    TlsFiles files = new TlsFiles(key, certificate, trust, password);
    try {
      return ReloadableTls.open(files);
    } catch (GeneralSecurityException | IOException e) {
      throw new UsageException("can't speak TLS with " + files + ": " + e.getMessage());
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "SendTls[" + on + ", " + key + ", " + certificate + ", " + trust + "]";
  }
}
