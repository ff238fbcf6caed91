package io.overread.gateway.tls;

import io.overread.dicom.net.tls.ClientAuthentication;
import io.overread.dicom.net.tls.TlsFiles;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * DICOM over TLS, {@code overread.tls.*}. There is none until {@code key} is set.
 *
 * @param key a PKCS #12 file, or a PEM file with the private key
 * @param certificate a PEM file with our certificate and its issuers, for a PEM key
 * @param trust a PEM or PKCS #12 file with the issuers or the certificates of peers
 * @param password of the key and of PKCS #12 files
 * @param reload how often the files are looked at for new ones
 * @param listen how peers are listened to
 */
@Validated
@ConfigurationProperties("overread.tls")
public record TlsProperties(
    @Nullable Path key,
    @Nullable Path certificate,
    @Nullable Path trust,
    @Nullable String password,
    @NotNull @DefaultValue("30s") Duration reload,
    @NotNull @Valid @DefaultValue Listen listen) {

  /** Checks that what belongs together is there. */
  public TlsProperties {
    if (key != null && trust == null) {
      throw new IllegalArgumentException("overread.tls.key needs overread.tls.trust");
    }
    if (!reload.isPositive()) {
      throw new IllegalArgumentException("overread.tls.reload must be above zero");
    }
  }

  /** Where the keys are, if there are any. */
  Optional<TlsFiles> files() {
    return key == null || trust == null
        ? Optional.empty()
        : Optional.of(new TlsFiles(key, certificate, trust, password));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "TlsProperties[key=" + key + ", listen=" + listen + "]";
  }

  /**
   * How peers are listened to over TLS.
   *
   * @param port on which; 0 takes any free one
   * @param clientAuthentication whether they must show a certificate
   * @param only whether they are not listened to without TLS
   */
  public record Listen(
      @Min(0) @Max(65535) @DefaultValue("2762") int port,
      @NotNull @DefaultValue("require") ClientAuthentication clientAuthentication,
      @DefaultValue("false") boolean only) {}
}
