package io.overread.dicom.net.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * TLS with keys and certificates that may change while it is in use: connections that exist keep
 * theirs, new ones get the newest that are fit for use. For any thread.
 */
public final class ReloadableTls {
  private final TlsFiles files;
  private TlsFiles.Content tried;
  private @Nullable String failure;
  private volatile TlsMaterial material;

  private ReloadableTls(TlsFiles files, TlsFiles.Content content, TlsMaterial material) {
    this.files = files;
    this.tried = content;
    this.material = material;
  }

  /**
   * Reads the files.
   *
   * @throws GeneralSecurityException when what they hold can't be used
   * @throws IOException when they can't be read
   */
  public static ReloadableTls open(TlsFiles files) throws GeneralSecurityException, IOException {
    TlsFiles.Content content = files.read();
    return new ReloadableTls(files, content, TlsMaterial.of(content, files.password()));
  }

  /** Takes over what the files hold now, if it has changed and can be used. */
  public synchronized TlsReload reload() {
    try {
      TlsFiles.Content content = files.read();
      if (content.equals(tried)) {
        return new TlsReload.Unchanged();
      }
      // Remembered before it is tried: what can't be used is told once, not at every attempt.
      tried = content;
      material = TlsMaterial.of(content, files.password());
      failure = null;
      return new TlsReload.Taken(status());
    } catch (GeneralSecurityException | IOException e) {
      String cause = String.valueOf(e.getMessage());
      if (cause.equals(failure)) {
        return new TlsReload.Unchanged();
      }
      failure = cause;
      return new TlsReload.Kept(status());
    }
  }

  /** Which certificate is in use. */
  public synchronized TlsStatus status() {
    X509Certificate certificate = material.certificate();
    return new TlsStatus(
        certificate.getSubjectX500Principal().getName(),
        TlsSession.sha256(certificate),
        certificate.getNotAfter().toInstant(),
        failure);
  }

  /** Until when what is in use is valid: ours and its issuers first, then what we trust. */
  public List<TlsValidity> validity() {
    TlsMaterial inUse = material;
    List<TlsValidity> all = new ArrayList<>();
    inUse.chain().forEach(certificate -> all.add(validity(certificate, true)));
    inUse.trusted().forEach(certificate -> all.add(validity(certificate, false)));
    return List.copyOf(all);
  }

  private static TlsValidity validity(X509Certificate certificate, boolean ours) {
    return new TlsValidity(
        certificate.getSubjectX500Principal().getName(),
        ours,
        certificate.getNotAfter().toInstant());
  }

  /** For one connection that a peer opened. */
  public SSLEngine acceptor(ClientAuthentication authentication) {
    SSLEngine engine = material.context().createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = Bcp195Profile.parameters();
    switch (authentication) {
      case REQUIRE -> parameters.setNeedClientAuth(true);
      case WANT -> parameters.setWantClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /**
   * For one connection that we open. The certificate of the peer must be one for the host, RFC
   * 9525.
   */
  public SSLEngine requestor(String host, int port) {
    SSLEngine engine = material.context().createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = Bcp195Profile.parameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return engine;
  }
}
