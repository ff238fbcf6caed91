package io.overread.dicom.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.dicom.net.tls.TestIssuer.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadableTlsTest {

  @TempDir Path folder;
  private TestIssuer issuer;
  private Identity first;
  private TlsFiles files;

  @BeforeEach
  void issue() throws Exception {
    issuer = TestIssuer.named("Issuer");
    first = issuer.issue("first");
    files = first.in(folder, issuer);
  }

  @Test
  void new_files_are_taken_over_and_the_same_ones_are_not() throws Exception {
    ReloadableTls tls = ReloadableTls.open(files);
    assertThat(tls.status().subject()).isEqualTo("CN=first,O=Clinic");
    assertThat(tls.reload()).isInstanceOf(TlsReload.Unchanged.class);

    Identity second = issuer.issue("second");
    second.in(folder, issuer);

    assertThat(tls.reload()).isEqualTo(new TlsReload.Taken(tls.status()));
    assertThat(tls.status().subject()).isEqualTo("CN=second,O=Clinic");
    assertThat(tls.status().sha256()).isEqualTo(TlsSession.sha256(second.certificate()));
    assertThat(tls.reload()).isInstanceOf(TlsReload.Unchanged.class);
  }

  @Test
  void a_certificate_without_its_key_is_not_taken_over_until_the_key_comes() throws Exception {
    ReloadableTls tls = ReloadableTls.open(files);
    Identity second = issuer.issue("second");
    second.writeCertificate(folder.resolve("certificate.pem"));

    assertThat(tls.reload())
        .isInstanceOfSatisfying(
            TlsReload.Kept.class,
            kept -> {
              assertThat(kept.status().subject()).isEqualTo("CN=first,O=Clinic");
              assertThat(kept.status().failure()).contains("not that of the private key");
            });
    assertThat(tls.reload()).as("told once").isInstanceOf(TlsReload.Unchanged.class);

    second.writeKey(folder.resolve("key.pem"));

    assertThat(tls.reload()).isInstanceOf(TlsReload.Taken.class);
    assertThat(tls.status().failure()).isNull();
  }

  @Test
  void what_is_missing_noise_or_expired_keeps_the_old_one_in_use() throws Exception {
    ReloadableTls tls = ReloadableTls.open(files);

    issuer.issueExpired("old").in(folder, issuer);
    assertThat(tls.reload()).isInstanceOf(TlsReload.Kept.class);
    Files.writeString(folder.resolve("key.pem"), "noise");
    assertThat(tls.reload()).isInstanceOf(TlsReload.Kept.class);
    Files.delete(folder.resolve("key.pem"));
    assertThat(tls.reload()).isInstanceOf(TlsReload.Kept.class);
    assertThat(tls.status().subject()).isEqualTo("CN=first,O=Clinic");

    first.in(folder, issuer);
    assertThat(tls.reload()).isInstanceOf(TlsReload.Taken.class);
  }

  @Test
  void a_pkcs_12_file_holds_key_and_certificate() throws Exception {
    Path store = first.writeStore(folder.resolve("key.p12"), "secret");

    TlsFiles inStore = new TlsFiles(store, null, files.trust(), "secret");

    assertThat(ReloadableTls.open(inStore).status().subject()).isEqualTo("CN=first,O=Clinic");
    assertThatThrownBy(
            () -> ReloadableTls.open(new TlsFiles(store, null, files.trust(), "another")))
        .isInstanceOf(Exception.class);
    assertThat(inStore.toString()).doesNotContain("secret");
  }

  @Test
  void an_encrypted_pem_key_is_read_with_its_password() throws Exception {
    Path key = Files.writeString(folder.resolve("key.pem"), encrypted(first.key(), "secret"));

    assertThat(
            ReloadableTls.open(new TlsFiles(key, files.certificate(), files.trust(), "secret"))
                .status()
                .subject())
        .isEqualTo("CN=first,O=Clinic");
    assertThatThrownBy(() -> ReloadableTls.open(files))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("no password");
  }

  @Test
  void a_key_in_the_old_form_is_refused_with_the_way_out() throws Exception {
    Files.writeString(
        folder.resolve("key.pem"), TestIssuer.pem("RSA PRIVATE KEY", new byte[] {1, 2, 3}));

    assertThatThrownBy(() -> ReloadableTls.open(files)).hasMessageContaining("openssl pkey");
  }

  @Test
  void trusting_nobody_is_refused() throws Exception {
    Files.writeString(files.trust(), TestIssuer.pem("SOMETHING", new byte[3]));

    assertThatThrownBy(() -> ReloadableTls.open(files))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("trust");
  }

  private static String encrypted(PrivateKey key, String password) throws Exception {
    String algorithm = "PBEWithHmacSHA256AndAES_256";
    SecretKey secret =
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(password.toCharArray()));
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(Cipher.ENCRYPT_MODE, secret);
    // PBES2 is what RFC 8018 calls it; the JDK has names of its own.
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
    parameters.init(cipher.getParameters().getEncoded());
    byte[] content =
        new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(key.getEncoded())).getEncoded();
    return TestIssuer.pem("ENCRYPTED PRIVATE KEY", content);
  }
}
