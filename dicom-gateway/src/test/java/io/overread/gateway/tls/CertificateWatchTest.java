package io.overread.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.overread.dicom.net.tls.ClientAuthentication;
import io.overread.dicom.net.tls.TestIssuer;
import io.overread.dicom.net.tls.TlsFiles;
import io.overread.gateway.tls.CertificateWatch.Certificate;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateWatchTest {

  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;

  /** Certificates of the test issuer are valid for 30 days from now. */
  private Instant now = Instant.now().minus(DAY.multipliedBy(5));

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  @Test
  void certificates_that_expire_within_30_days_are_warned_of_once_a_day() throws Exception {
    CertificateWatch watch = watch();
    assertThat(watch.certificates()).hasSize(2).noneMatch(Certificate::expiring);
    assertThat(watch.remind()).isEmpty();

    now = now.plus(DAY.multipliedBy(6));
    assertThat(watch.remind())
        .extracting(Certificate::subject, Certificate::ours)
        .containsExactly(tuple("CN=overread,O=Clinic", true), tuple("CN=issuer", false));
    assertThat(watch.remind()).isEmpty();

    now = now.plus(DAY);
    assertThat(watch.remind()).hasSize(2);
  }

  @Test
  void without_tls_there_is_nothing_to_expire() {
    CertificateWatch watch = new CertificateWatch(properties(null), clock);
    assertThat(watch.certificates()).isEmpty();
    assertThat(watch.remind()).isEmpty();
  }

  private CertificateWatch watch() throws Exception {
    TestIssuer issuer = TestIssuer.named("issuer");
    return new CertificateWatch(properties(issuer.issue("overread").in(folder, issuer)), clock);
  }

  private static TlsProperties properties(@Nullable TlsFiles files) {
    var listen = new TlsProperties.Listen(0, ClientAuthentication.REQUIRE, false);
    return files == null
        ? new TlsProperties(null, null, null, null, DAY, listen)
        : new TlsProperties(files.key(), files.certificate(), files.trust(), null, DAY, listen);
  }
}
