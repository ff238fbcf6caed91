package io.overread.gateway.tls;

import io.overread.dicom.net.tls.ReloadableTls;
import io.overread.dicom.net.tls.TlsFiles;
import io.overread.dicom.net.tls.TlsReload;
import io.overread.dicom.net.tls.TlsStatus;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Our TLS, if there is any, which takes over new keys and certificates without a restart. */
public final class CertificateWatch implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

  private static final Duration AHEAD = Duration.ofDays(30);
  private static final Duration BETWEEN_REMINDERS = Duration.ofDays(1);

  private final @Nullable ReloadableTls tls;
  private final Duration interval;
  private final Clock clock;
  private @Nullable Instant reminded;
  private @Nullable Thread watching;

  /**
   * Reads the files.
   *
   * @throws IllegalStateException when they can't be used
   */
  public CertificateWatch(TlsProperties properties) {
    this(properties, Clock.systemUTC());
  }

  CertificateWatch(TlsProperties properties, Clock clock) {
    this.clock = clock;
    this.tls = properties.files().map(CertificateWatch::open).orElse(null);
    this.interval = properties.reload();
  }

  private static ReloadableTls open(TlsFiles files) {
    try {
      return ReloadableTls.open(files);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("can't speak TLS with " + files + ": " + e.getMessage(), e);
    }
  }

  /** With which to listen and to connect; empty where there are no keys. */
  public Optional<ReloadableTls> tls() {
    return Optional.ofNullable(tls);
  }

  /**
   * A certificate in use.
   *
   * @param subject its subject, RFC 2253
   * @param ours whether it is ours or issued ours; else it is one that we trust
   * @param notAfter until when it is valid
   * @param expiring whether that is within 30 days, or was
   */
  public record Certificate(String subject, boolean ours, Instant notAfter, boolean expiring) {}

  /** Those in use, ours first; none where there is no TLS. */
  public List<Certificate> certificates() {
    Instant soon = clock.instant().plus(AHEAD);
    return tls == null
        ? List.of()
        : tls.validity().stream()
            .map(
                each ->
                    new Certificate(
                        each.subject(),
                        each.ours(),
                        each.notAfter(),
                        each.notAfter().isBefore(soon)))
            .toList();
  }

  /** Warns of those that expire, once a day; returns those that it warned of now. */
  List<Certificate> remind() {
    Instant now = clock.instant();
    if (reminded != null && now.isBefore(reminded.plus(BETWEEN_REMINDERS))) {
      return List.of();
    }
    reminded = now;
    List<Certificate> expiring = certificates().stream().filter(Certificate::expiring).toList();
    for (Certificate each : expiring) {
      LOG.warn(
          "TLS: {} certificate {} {} on {}",
          each.ours() ? "our" : "the trusted",
          each.subject(),
          each.notAfter().isBefore(now) ? "expired" : "expires",
          each.notAfter());
    }
    return expiring;
  }

  /** Looks at the files now. */
  public void look() {
    if (tls == null) {
      return;
    }
    switch (tls.reload()) {
      case TlsReload.Taken(TlsStatus status) ->
          LOG.info(
              "TLS: {} is in use, valid until {}, SHA-256 {}",
              status.subject(),
              status.notAfter(),
              status.sha256());
      case TlsReload.Kept(TlsStatus status) ->
          LOG.error(
              "TLS: the new files can't be used ({}); {}, valid until {}, stays in use",
              status.failure(),
              status.subject(),
              status.notAfter());
      case TlsReload.Unchanged() -> {}
    }
  }

  @Override
  public synchronized void start() {
    if (tls != null && watching == null) {
      watching = Thread.ofVirtual().name("tls-files").start(this::watch);
    }
  }

  private void watch() {
    try {
      while (true) {
        remind();
        Thread.sleep(interval);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Stopped.
    }
  }

  @Override
  public synchronized void stop() {
    if (watching != null) {
      watching.interrupt();
      watching = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return watching != null;
  }
}
