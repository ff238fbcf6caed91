package io.overread.dicom.net.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A key, its certificate and what we trust, found fit for use.
 *
 * @param chain our certificate, and those that issued it
 * @param trusted what we trust
 */
record TlsMaterial(SSLContext context, List<X509Certificate> chain, List<X509Certificate> trusted) {
  private static final char[] NO_PASSWORD = new char[0];

  /** Ours. */
  X509Certificate certificate() {
    return chain.getFirst();
  }

  private record Identity(PrivateKey key, List<X509Certificate> chain) {}

  /**
   * Reads it.
   *
   * @throws GeneralSecurityException when it can't be used: no key, a certificate of another key,
   *     one that is not valid today, nothing trusted
   */
  static TlsMaterial of(TlsFiles.Content content, @Nullable String password)
      throws GeneralSecurityException, IOException {
    byte[] key = content.key().toByteArray();
    Identity identity =
        PemFile.isPem(key)
            ? pemIdentity(key, content.certificate().toByteArray(), password)
            : storeIdentity(keyStore(key, password), password);
    check(identity);
    List<X509Certificate> trusted = trusted(content.trust().toByteArray(), password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers(identity), new TrustManager[] {trust(trusted)}, null);
    return new TlsMaterial(context, List.copyOf(identity.chain()), List.copyOf(trusted));
  }

  private static Identity pemIdentity(byte[] key, byte[] certificate, @Nullable String password)
      throws GeneralSecurityException {
    return new Identity(
        PemFile.parse(key).privateKey(password), PemFile.parse(certificate).certificates());
  }

  private static Identity storeIdentity(KeyStore store, @Nullable String password)
      throws GeneralSecurityException {
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)
          && store.getKey(alias, characters(password)) instanceof PrivateKey key) {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : store.getCertificateChain(alias)) {
          chain.add((X509Certificate) certificate);
        }
        return new Identity(key, chain);
      }
    }
    throw new GeneralSecurityException("no private key in the PKCS #12 file");
  }

  private static void check(Identity identity) throws GeneralSecurityException {
    if (identity.chain().isEmpty()) {
      throw new CertificateException("no certificate for the private key");
    }
    X509Certificate certificate = identity.chain().getFirst();
    certificate.checkValidity();
    String algorithm =
        switch (identity.key().getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    byte[] probe = new byte[32];
    new SecureRandom().nextBytes(probe);
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(identity.key());
    signer.update(probe);
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(certificate.getPublicKey());
    verifier.update(probe);
    if (!verifier.verify(signature)) {
      throw new CertificateException("the certificate is not that of the private key");
    }
  }

  private static javax.net.ssl.KeyManager[] keyManagers(Identity identity)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "own", identity.key(), NO_PASSWORD, identity.chain().toArray(Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static PeerTrust trust(List<X509Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    for (X509Certificate certificate : certificates) {
      store.setCertificateEntry("trusted-" + store.size(), certificate);
    }
    if (store.size() == 0) {
      throw new CertificateException("no certificate to trust");
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager x509) {
        return new PeerTrust(x509);
      }
    }
    throw new GeneralSecurityException("the JDK has no PKIX trust manager");
  }

  private static List<X509Certificate> trusted(byte[] file, @Nullable String password)
      throws GeneralSecurityException, IOException {
    if (PemFile.isPem(file)) {
      return PemFile.parse(file).certificates();
    }
    KeyStore store = keyStore(file, password);
    List<X509Certificate> certificates = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.getCertificate(alias) instanceof X509Certificate certificate) {
        certificates.add(certificate);
      }
    }
    return certificates;
  }

  private static KeyStore keyStore(byte[] file, @Nullable String password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(file), characters(password));
    return store;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static char[] characters(@Nullable String password) {
    return password == null ? NO_PASSWORD : password.toCharArray();
  }
}
